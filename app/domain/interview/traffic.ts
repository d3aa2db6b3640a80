import { entriesOf } from './answer.ts';
import type { AnswerMap, Interview, Plan, Question } from './interview.ts';
import {
  alternatives,
  count,
  day,
  is,
  known,
  missingOf,
  needed,
  applying,
  sum,
  whole,
  yes,
  yesNo,
  type Inputs,
} from './parts.ts';
import { otherwise } from './what-if.ts';

/** The limits of the compulsory policy are known from this day on. */
const FIRST_DAY = '2008-02-01';
const MOST_VEHICLES = 6;
const SEATS = ['outside', ...Array.from({ length: MOST_VEHICLES }, (_, index) => `car_${index + 1}`)];
/** Shares that courts often take, tried one by one where the share is not known; the law fixes none of them. */
const CUSTOMARY_SHARES = [30, 50, 70, 100] as const;

const side = { id: 'side', kind: 'choice', options: ['ours', 'theirs'], unknownAllowed: false } as const;

const vehicles = (answers: AnswerMap): readonly AnswerMap[] => entriesOf(answers, 'vehicles');
const victims = (answers: AnswerMap): readonly AnswerMap[] => entriesOf(answers, 'victims');
const seated = (person: AnswerMap): boolean => !is(person, 'seat', 'outside');

const mostShare = (vehicle: AnswerMap): number => (is(vehicle, 'at_fault', 'no') ? NO_FAULT_SHARE : 100);

const vehicleQuestions: readonly Question[] = [
  side,
  {
    id: 'ctp',
    kind: 'choice',
    options: ['insured', 'uninsured', 'trailer', 'unknown'],
    unknownAllowed: false,
  },
  { id: 'at_fault', ...needed(yesNo) },
  {
    id: 'share',
    ...whole(0, 100, 'percent'),
    contradicts: (vehicle) => count(vehicle, 'share') > mostShare(vehicle),
  },
  { id: 'commercial', ...whole(0, 5_000, 'ten_thousand') },
  { id: 'art22', ...yesNo },
];

const victimQuestions: readonly Question[] = [
  side,
  {
    id: 'seat',
    kind: 'choice',
    options: SEATS,
    unknownAllowed: false,
    contradicts: (person) =>
      seated(person) && SEATS.findIndex((seat) => seat === person['seat']) > vehicles(person).length,
  },
  {
    id: 'seat_as',
    kind: 'choice',
    options: ['driver', 'passenger', 'free_rider'],
    unknownAllowed: false,
    skip: (person) => !seated(person),
  },
  { id: 'injury', ...needed(sum) },
  {
    id: 'mental',
    ...sum,
    skip: (person) => count(person, 'injury') === 0,
    contradicts: (person) => count(person, 'mental') > count(person, 'injury'),
  },
  { id: 'medical', ...needed(sum) },
  { id: 'property', ...sum },
  {
    id: 'owner',
    ...yesNo,
    skip: (person) => !is(person, 'seat_as', 'driver', 'passenger') || count(person, 'property') === 0,
  },
  { id: 'costs', ...sum },
];

const OPEN_PAIRS = [
  [0, 0],
  ...[0, ...CUSTOMARY_SHARES].map((share) => [share, 100 - share] as const),
] as const;
/** Who is not at fault may bear a tenth at most (道路交通安全法第七十六条). */
const NO_FAULT_SHARE = 10;

const total = (cars: readonly AnswerMap[]): number => cars.reduce((all, car) => all + count(car, 'share'), 0);
const openOf = (answers: AnswerMap): readonly AnswerMap[] =>
  vehicles(answers).filter(({ share }) => share === null);
const freeRiders = (answers: AnswerMap): boolean =>
  victims(answers).some((person) => is(person, 'seat_as', 'free_rider'));

/** Nobody drives two vehicles, and no vehicle has two drivers or owners. */
const crowded = (answers: AnswerMap): boolean =>
  (['driver', 'owner'] as const).some((place) => {
    const seats = victims(answers)
      .filter((person) => (place === 'driver' ? is(person, 'seat_as', 'driver') : yes(person, 'owner')))
      .map(({ seat }) => seat);
    return new Set(seats).size !== seats.length;
  });

const questions: readonly Question[] = [
  { id: 'accident_date', ...needed(day(FIRST_DAY)) },
  { id: 'other_side', kind: 'choice', options: ['none', 'fled', 'untraced'], unknownAllowed: true },
  {
    id: 'document',
    kind: 'choice',
    options: ['none', 'minor', 'equal', 'main', 'full', 'no_document'],
    unknownAllowed: true,
  },
  {
    id: 'vehicles',
    kind: 'entries',
    min: 1,
    max: MOST_VEHICLES,
    questions: vehicleQuestions,
    unknownAllowed: false,
    contradicts: (answers) =>
      total(vehicles(answers)) > 100 || openOf(answers).length > (total(vehicles(answers)) === 0 ? 2 : 1),
  },
  {
    id: 'victims',
    kind: 'entries',
    min: 1,
    max: 20,
    questions: victimQuestions,
    unknownAllowed: false,
    contradicts: crowded,
  },
  { id: 'mental_first', ...yesNo },
  { id: 'reduction', ...needed(whole(0, 100, 'percent')), skip: (answers) => !freeRiders(answers) },
];

/** Marks such as `ours_person_1`: the words for both sides are made of them (`party.*`), no name is ever asked. */
const markOf = (entry: AnswerMap, kind: 'person' | 'car', index: number): string =>
  `${is(entry, 'side', 'ours') ? 'ours' : 'theirs'}_${kind}_${index + 1}`;

const victimInputs = (answers: AnswerMap): readonly Inputs[] =>
  victims(answers).map((person, index) => ({
    id: markOf(person, 'person', index),
    ...known(person, {
      death_injury_fen: 'injury',
      mental_fen: 'mental',
      medical_fen: 'medical',
      property_fen: 'property',
      uninsured_costs_fen: 'costs',
    }),
  }));

function vehicleInputs(answers: AnswerMap, unknownShares: readonly number[]): readonly Inputs[] {
  const open = openOf(answers);
  const people = victims(answers).map((person, index) => ({ person, id: markOf(person, 'person', index) }));
  return vehicles(answers).map((car, index) => {
    const inside = people.filter(({ person }) => person['seat'] === `car_${index + 1}`);
    const ids = (as: string) => inside.filter(({ person }) => is(person, 'seat_as', as)).map(({ id }) => id);
    const driver = ids('driver')[0];
    const owner = inside.find(({ person }) => yes(person, 'owner'))?.id;
    return {
      id: markOf(car, 'car', index),
      liability_bp: (unknownShares[open.indexOf(car)] ?? count(car, 'share')) * 100,
      at_fault: yes(car, 'at_fault'),
      ctp: car['ctp'],
      commercial_limit_fen: count(car, 'commercial') * 1_000_000,
      art22: yes(car, 'art22'),
      occupants: ids('passenger'),
      gratuitous_passengers: ids('free_rider'),
      ...(driver === undefined ? {} : { driver }),
      ...(owner === undefined ? {} : { owner }),
    };
  });
}

/** What is tried where the share of one vehicle is open, or of two that are the only ones to bear any. */
function triedShares(answers: AnswerMap): readonly (readonly number[])[] {
  const [first, second] = openOf(answers);
  if (first === undefined) return [];
  const left = 100 - total(vehicles(answers));
  if (second === undefined) {
    const most = is(first, 'at_fault', 'no') ? NO_FAULT_SHARE : left;
    return [0, ...CUSTOMARY_SHARES].filter((share) => share <= most).map((share) => [share]);
  }
  return OPEN_PAIRS.filter(([one, other]) => one <= mostShare(first) && other <= mostShare(second));
}

function plan(answers: AnswerMap): Plan {
  const shares = triedShares(answers);
  const inputs = {
    ...known(answers, { accident_date: 'accident_date' }),
    victims: victimInputs(answers),
    vehicles: vehicleInputs(answers, []),
    mental_priority: answers['mental_first'] !== 'no',
    ...(typeof answers['reduction'] === 'number'
      ? { typed: { gratuitous_reduction_bp: answers['reduction'] * 100 } }
      : {}),
  };
  return {
    kind: 'runs',
    runs: alternatives(
      'traffic.allocate',
      inputs,
      shares.length === 0
        ? null
        : Object.fromEntries(
            shares.map((tried) => [`share_${tried.join('_')}`, { vehicles: vehicleInputs(answers, tried) }]),
          ),
    ),
    missing: missingOf('traffic', questions, answers),
    remarks: applying([
      ['rescue_fund', is(answers, 'other_side', 'fled', 'untraced')],
      ['get_liability_document', is(answers, 'document', 'no_document') || answers['document'] === null],
      ['shares_not_statutory', shares.length > 0],
      ['who_else_answers', true],
    ]),
    times: ['traffic_times'],
  };
}

/** The customary shares, of one vehicle or of two against each other. */
function otherShares(answers: AnswerMap): readonly Inputs[] {
  const cars = vehicles(answers);
  const tried: readonly (readonly number[])[] =
    cars.length === 1
      ? CUSTOMARY_SHARES.map((share) => [share])
      : cars.length === 2
        ? OPEN_PAIRS.slice(1)
        : [];
  return tried
    .filter((shares) => cars.every((car, index) => (shares[index] ?? 0) <= mostShare(car)))
    .map((shares) => ({ vehicles: cars.map((car, index) => ({ ...car, share: shares[index] })) }));
}

/** 交通事故 (compensation.md 4.4): people and vehicles of both sides on one sheet. */
export const traffic: Interview = {
  id: 'traffic',
  questions,
  plan,
  whatIf: [
    otherwise('mental_first', 'yes', 'no'),
    { question: 'vehicles', field: 'share', ways: otherShares },
  ],
};
