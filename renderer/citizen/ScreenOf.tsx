import { AidConsent, AidQuestion, AidRefused, AidReview, AidSaved } from './screens/Aid.tsx';
import { AnswerScreen, Facts, Unsolved } from './screens/AnswerScreens.tsx';
import { Ask, Choose, Handover, Refused, Shelf, ShelfPart, Topics } from './screens/Asking.tsx';
import { HeardScreen } from './screens/HeardScreen.tsx';
import { Speak } from './screens/Speak.tsx';
import { Families, Family, FoundGuides, GuideScreen } from './screens/Guides.tsx';
import { Calculators, Sides, Stopped } from './screens/Calculators.tsx';
import { Compare, Suppose } from './screens/Compare.tsx';
import { Item } from './screens/Item.tsx';
import { Held, NotPrinted, PreviewScreen, Printed, Printing } from './screens/Paper.tsx';
import { Article, Basis, Find, FoundArticles, NoArticle } from './screens/Law.tsx';
import { Rate, RateReasons } from './screens/Rating.tsx';
import { FieldScreen, QuestionScreen } from './screens/Question.tsx';
import { Result } from './screens/Result.tsx';
import { Review } from './screens/Review.tsx';
import { Attract, Farewell, Home } from './screens/Welcome.tsx';
import type { Screen } from './visit.ts';

/** Which screen is shown: one state, one picture. */
export function ScreenOf({ screen }: { screen: Screen }) {
  switch (screen.at) {
    case 'attract':
      return <Attract />;
    case 'home':
      return <Home />;
    case 'ask':
      return <Ask />;
    case 'speak':
      return <Speak screen={screen} />;
    case 'heard':
      return <HeardScreen screen={screen} />;
    case 'topics':
      return <Topics screen={screen} />;
    case 'shelf':
      return <Shelf screen={screen} />;
    case 'part':
      return <ShelfPart screen={screen} />;
    case 'answer':
      return <AnswerScreen screen={screen} />;
    case 'facts':
      return <Facts screen={screen} />;
    case 'basis':
      return <Basis screen={screen} />;
    case 'unsolved':
      return <Unsolved screen={screen} />;
    case 'families':
      return <Families screen={screen} />;
    case 'family':
      return <Family screen={screen} />;
    case 'guide':
      return <GuideScreen screen={screen} />;
    case 'find':
      return <Find screen={screen} />;
    case 'foundGuides':
      return <FoundGuides screen={screen} />;
    case 'foundArticles':
      return <FoundArticles screen={screen} />;
    case 'article':
      return <Article screen={screen} />;
    case 'noArticle':
      return <NoArticle screen={screen} />;
    case 'choose':
      return <Choose screen={screen} />;
    case 'handover':
      return <Handover screen={screen} />;
    case 'refused':
      return <Refused screen={screen} />;
    case 'calculators':
      return <Calculators />;
    case 'sides':
      return <Sides screen={screen} />;
    case 'question':
      return <QuestionScreen screen={screen} />;
    case 'field':
      return <FieldScreen screen={screen} />;
    case 'review':
      return <Review screen={screen} />;
    case 'stopped':
      return <Stopped screen={screen} />;
    case 'result':
      return <Result screen={screen} />;
    case 'item':
      return <Item screen={screen} />;
    case 'suppose':
      return <Suppose screen={screen} />;
    case 'compare':
      return <Compare screen={screen} />;
    case 'preview':
      return <PreviewScreen screen={screen} />;
    case 'printing':
      return <Printing screen={screen} />;
    case 'printed':
      return <Printed />;
    case 'held':
      return <Held screen={screen} />;
    case 'notPrinted':
      return <NotPrinted screen={screen} />;
    case 'aidConsent':
      return <AidConsent />;
    case 'aid':
      return <AidQuestion screen={screen} />;
    case 'aidReview':
      return <AidReview />;
    case 'aidSaved':
      return <AidSaved screen={screen} />;
    case 'aidRefused':
      return <AidRefused screen={screen} />;
    case 'rate':
      return <Rate />;
    case 'rateReasons':
      return <RateReasons screen={screen} />;
    case 'farewell':
      return <Farewell screen={screen} />;
  }
}
