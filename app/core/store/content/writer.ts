import Database from 'better-sqlite3';

import type { AnswerRecord, ContentRecords, GuidePage, GuideRecord } from './records.ts';
import { CONTENT_SCHEMA } from './schema.ts';

const PAGE_SIZE = 4096;

/**
 * Writes a new content.db at `file`, which must not exist. Rows go in in the order given, then the file is vacuumed:
 * the same records give the same bytes. Throws on a record that breaks a reference.
 */
export function writeContentDatabase(file: string, records: ContentRecords): void {
  const database = new Database(file);
  try {
    database.pragma(`page_size = ${PAGE_SIZE}`);
    database.pragma('journal_mode = MEMORY');
    database.pragma('foreign_keys = ON');
    database.exec(CONTENT_SCHEMA);
    database.transaction(() => insertAll(database, records))();
    database.exec("INSERT INTO pinyin_search(pinyin_search) VALUES ('optimize')");
    database.exec('VACUUM');
  } finally {
    database.close();
  }
}

function insertAll(database: Database.Database, records: ContentRecords): void {
  const insert = (table: string, ...columns: string[]) => {
    const statement = database.prepare(
      `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
    );
    return (...values: (string | number | null)[]) => statement.run(...values);
  };

  const addTopic = insert('topics', 'code', 'position', 'title', 'class');
  records.topics.forEach((topic, position) => addTopic(topic.code, position, topic.title, topic.className));

  const addPlace = insert('places', 'id', 'name', 'kind', 'region', 'address', 'phone', 'hours', 'free');
  for (const { id, name, kind, region, address, phone, hours, free } of records.places)
    addPlace(id, name, kind, region, address, phone, hours, free ? 1 : 0);

  const numbers = new Map<string, number>();
  const addAnswer = answerInserter(insert);
  records.answers.forEach((answer, index) => {
    numbers.set(answer.id, index + 1);
    addAnswer(answer, index + 1);
  });

  const addPart = insert('shelf_parts', 'position', 'topic', 'title', 'answers');
  records.shelfParts.forEach(({ topic, title, answers }, position) =>
    addPart(position, topic, title, JSON.stringify(answers)),
  );
  insertGuides(insert, records);
  const addPopular = insert('popular', 'position', 'answer');
  records.popular.forEach((id, position) => addPopular(position, id));
  const addCard = insert('publicity', 'position', 'card');
  records.publicity.forEach((card, position) => addCard(position, JSON.stringify(card)));

  const addUtterance = insert('utterances', 'number', 'answer', 'text');
  const addPinyin = insert('pinyin_search', 'rowid', 'tokens');
  const syllables = new Set<string>();
  records.utterances.forEach(({ answer, text, pinyinTokens }, index) => {
    addUtterance(index + 1, answer === null ? null : (numbers.get(answer) ?? -1), text);
    if (answer === null) return;
    addPinyin(index + 1, pinyinTokens);
    for (const token of pinyinTokens.split(' ')) if (/^[a-z]+$/u.test(token)) syllables.add(token);
  });
  const addSyllable = insert('syllables', 'syllable');
  for (const syllable of [...syllables].sort()) addSyllable(syllable);

  const addSynonym = insert('synonyms', 'colloquial', 'legal');
  for (const { colloquial, legal } of records.synonyms) addSynonym(colloquial, legal);

  const addWord = insert('urgent_words', 'kind', 'position', 'word');
  const addNumber = insert('urgent_numbers', 'kind', 'position', 'number', 'name');
  const addLikely = insert('urgent_answers', 'kind', 'answer', 'least');
  for (const { kind, words, numbers: calls, answers, from } of records.urgent) {
    for (const answer of answers) addLikely(kind, answer, from);
    words.forEach((word, position) => addWord(kind, position, word));
    calls.forEach((call, position) => addNumber(kind, position, call.number, call.name));
  }
}

type Insert = (table: string, ...columns: string[]) => (...values: (string | number | null)[]) => unknown;

function insertGuides(insert: Insert, { families, guides, guidePhrasings }: ContentRecords): void {
  const addFamily = insert('families', 'code', 'position', 'title');
  families.forEach(({ code, title }, position) => addFamily(code, position, title));
  const addGuide = insert(
    'guides',
    'number',
    'id',
    'family',
    'topic',
    'title',
    'regions',
    'valid_from',
    'valid_to',
    'page',
    'search_tokens',
  );
  const numbers = new Map<string, number>();
  guides.forEach((guide, index) => {
    const { id, family, topic, title, regions, validFrom, validTo, searchTokens } = guide;
    numbers.set(id, index + 1);
    const page = JSON.stringify(pageOf(guide));
    addGuide(
      index + 1,
      id,
      family,
      topic,
      title,
      JSON.stringify(regions),
      validFrom,
      validTo,
      page,
      searchTokens,
    );
  });
  const addPhrasing = insert('guide_phrasings', 'number', 'guide', 'text');
  guidePhrasings.forEach(({ guide, text }, index) => {
    addPhrasing(index + 1, numbers.get(guide) ?? -1, text);
  });
}

/** What is only ever read whole. */
function pageOf(guide: GuideRecord): GuidePage {
  const { summary, conditions, materials, steps, timeLimit, fee, result, ifRefused } = guide;
  const { where, place, citations, actions, discreet, reviewedOn, maxAgeDays } = guide;
  return {
    ...{ summary, conditions, materials, steps, timeLimit, fee, result, ifRefused },
    ...{ where, place, citations, actions, reviewedOn, maxAgeDays },
    ...(discreet ? { discreet } : {}),
  };
}

function answerInserter(insert: Insert) {
  const addAnswer = insert(
    'answers',
    'number',
    'id',
    'topic',
    'title',
    'tile',
    'plain',
    'discreet',
    'reviewed_on',
    'max_age_days',
    'audience',
    'risks',
    'regions',
    'valid_from',
    'valid_to',
  );
  const addStep = insert('steps', 'answer', 'position', 'action', 'venue', 'place', 'deadline');
  const addFact = insert('dependencies', 'answer', 'position', 'fact', 'leads_to');
  const addCitation = insert('citations', 'answer', 'position', 'law', 'article', 'version', 'gist');
  const addAction = insert('actions', 'answer', 'position', 'kind', 'target', 'name');
  return (answer: AnswerRecord, number: number) => {
    const { id, topic, title, tile, plain, discreet, reviewedOn, maxAgeDays } = answer;
    addAnswer(
      number,
      id,
      topic,
      title,
      tile,
      plain,
      discreet ? 1 : 0,
      reviewedOn,
      maxAgeDays,
      JSON.stringify(answer.audience),
      JSON.stringify(answer.risks),
      JSON.stringify(answer.regions),
      answer.validFrom,
      answer.validTo,
    );
    answer.steps.forEach((step, position) =>
      addStep(number, position, step.do, step.where, step.place, step.deadline),
    );
    answer.dependsOn.forEach(({ fact, answer: leadsTo }, position) =>
      addFact(number, position, fact, leadsTo),
    );
    answer.citations.forEach(({ law, article, version, gist }, position) =>
      addCitation(number, position, law, article, version, gist),
    );
    answer.actions.forEach(({ kind, target, name }, position) =>
      addAction(number, position, kind, target, name),
    );
  };
}
