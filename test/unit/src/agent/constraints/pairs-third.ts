import type { Pair } from './pairs.ts';

const yes = (name: string, a: Pair['a'], b: Pair['b']): Pair => ({ name, a, b, contradicts: true });
const no = (name: string, a: Pair['a'], b: Pair['b']): Pair => ({ name, a, b, contradicts: false });

/** A zoo, toll roads, courts, a theatre's costumes, weather stations, adoption, car repair. */
export const LAST_PAIRS: readonly Pair[] = [
  yes(
    'plates',
    ['policy', 'Number plates of cars that paid are wiped within 48 hours.'],
    ['spec', 'The TollService shall keep the number plates of all cars for a month to answer complaints.'],
  ),
  no(
    'plates of debtors',
    ['policy', 'Number plates of cars that paid are wiped within 48 hours.'],
    ['spec', 'The TollService shall keep the amounts of all tolls for a month.'],
  ),
  yes(
    'videos of cages',
    ['adr', 'Recordings of the cages are overwritten after seven days.'],
    ['request', 'Keepers need to be able to watch recordings of the cages from the last three weeks.'],
  ),
  yes(
    'court files',
    ['policy', 'Files of a case must stay unchanged once the judge has closed it.'],
    ['spec', 'The CourtService shall let clerks edit the files of a closed case.'],
  ),
  no(
    'open files',
    ['policy', 'Files of a case must stay unchanged once the judge has closed it.'],
    ['spec', 'The CourtService shall let clerks edit the address of the court.'],
  ),
  yes(
    'hold of costumes',
    ['spec', 'A costume that was reserved is given back to the pool after 12 hours.'],
    ['request', 'A reserved costume must not be given to anybody else for three days.'],
  ),
  yes(
    'visits',
    ['spec', 'The ZooService shall refuse groups of more than 25 children.'],
    ['request', 'Whole schools want to come: groups of up to 80 children must be accepted.'],
  ),
  no(
    'small groups',
    ['spec', 'The ZooService shall refuse groups of more than 25 children.'],
    ['request', 'Groups of 12 children get a free guide.'],
  ),
  yes(
    'length of a title',
    ['spec', 'The title of a play has at most 60 characters.'],
    ['request', 'The title of the new play has 94 characters and has to fit.'],
  ),
  yes(
    'temperature',
    ['spec', 'The StationService shall reject temperatures below -30 degrees.'],
    ['request', 'The station on the glacier measures -48 degrees, and that must be taken in.'],
  ),
  yes(
    'answers within',
    ['spec', 'The gate opens within one second after the plate was read.'],
    ['adr', 'Before the gate opens, the plate is checked with the police, which takes three to five seconds.'],
  ),
  yes(
    'rebuild',
    ['spec', 'A new animal is on the map of the zoo within ten minutes.'],
    ['adr', 'The map of the zoo is generated once a day.'],
  ),
  no(
    'rebuild soon',
    ['spec', 'A new animal is on the map of the zoo within two days.'],
    ['adr', 'The map of the zoo is generated once a day.'],
  ),
  yes(
    'who reads reports of social workers',
    ['policy', 'Reports of social workers are read by the case worker and by no one else.'],
    ['spec', 'The AdoptionService shall show reports of social workers to applicants.'],
  ),
  no(
    'own data',
    ['policy', 'Reports of social workers are read by the case worker and by no one else.'],
    ['spec', 'The AdoptionService shall show applicants the date of their next visit.'],
  ),
  yes(
    'volunteers',
    ['policy', 'Only veterinarians may change the dose of a medicine.'],
    ['request', 'On Sundays no vet is there, so keepers have to be able to change the dose of a medicine.'],
  ),
  yes(
    'open data',
    ['adr', 'Every call to the API needs a key.'],
    ['spec', 'The WeatherService shall answer requests for forecasts without a key.'],
  ),
  yes(
    'tokens',
    ['policy', 'API keys are not accepted; callers authenticate with OAuth.'],
    ['request', 'Please let the garages authenticate with an API key.'],
  ),
  yes(
    'data in China',
    ['policy', 'Data of drivers is processed within the EEA.'],
    ['adr', 'Data of drivers is analysed by servers in Shenzhen, China.'],
  ),
  no(
    'data in Norway',
    ['policy', 'Data of drivers is processed within the EEA.'],
    ['adr', 'Data of drivers is analysed by servers in Norway.'],
  ),
  yes('email', ['policy', 'Court orders are never sent by e-mail.'], ['request', 'Lawyers would like to get court orders by e-mail.']),
  no('letters', ['policy', 'Court orders are never sent by e-mail.'], ['request', 'Lawyers would like to get invoices by e-mail.']),
  yes(
    'one vote',
    ['spec', 'The VoteService shall accept one vote per visitor.'],
    ['request', 'Visitors should be able to vote several times for their favourite animal.'],
  ),
  yes(
    'synchronous',
    ['adr', 'A toll is charged before the gate opens.'],
    ['spec', 'The TollService shall open the gate at once and charge the toll afterwards.'],
  ),
  yes(
    'at least once',
    ['adr', 'Events of the sensors are delivered at least once.'],
    ['spec', 'The StationService shall rely on getting each event of a sensor exactly once.'],
  ),
  yes(
    'manual release',
    ['policy', 'No payment leaves the house without the signature of the treasurer.'],
    ['spec', 'The PayoutService shall send payments to suppliers automatically, without any signature.'],
  ),
  yes(
    'photos required',
    ['spec', 'A report of damage always comes with a photo.'],
    ['request', 'Drivers must be able to report damage without a photo when it is dark.'],
  ),
  yes(
    'names in errors',
    ['policy', 'Error messages do not contain names of tables.'],
    ['spec', 'If the database fails, then the CourtService shall return an error message with the name of the table.'],
  ),
  yes(
    'sorted',
    ['spec', 'The list of cases is sorted by date, newest first.'],
    ['request', 'We want the oldest cases first in the list of cases.'],
  ),
  yes('backups', ['policy', 'Backups are made at least every six hours.'], ['adr', 'A backup of the database is made every night.']),
  no('often enough', ['policy', 'Backups are made at least once a week.'], ['adr', 'A backup of the database is made every night.']),
  yes(
    'monthly fee',
    ['policy', 'Entering the zoo is free for children.'],
    ['spec', 'When a child enters, the ZooService shall charge two euros for entering the zoo.'],
  ),
  yes(
    'cookies',
    ['policy', 'Third-party cookies are not set before the visitor has agreed.'],
    ['request', 'Marketing wants third-party cookies set by default.'],
  ),
  yes('old browsers', ['adr', 'Internet Explorer is not supported.'], ['spec', 'The CourtService shall support Internet Explorer 11.']),
  yes(
    'shared accounts',
    ['policy', 'Accounts are personal; sharing one is forbidden.'],
    ['request', 'Keepers should be able to share one account per house.'],
  ),
  yes(
    'deleted rows',
    ['adr', 'Nothing is ever physically deleted from the table of cases; rows get a flag.'],
    ['spec', 'When a case is withdrawn, the CourtService shall delete its row from the table of cases for good.'],
  ),
  yes('size', ['adr', 'A request has at most 1 MB.'], ['spec', 'The RepairService shall take videos of 30 MB in one request.']),
  yes(
    'languages',
    ['adr', 'The machine at the gate speaks German and French and nothing else.'],
    ['request', 'Tourists want Italian on the machine at the gate.'],
  ),
  no(
    'languages of something else',
    ['adr', 'The machine at the gate speaks German and French and nothing else.'],
    ['request', 'The leaflets in the shop have to be printed in Italian.'],
  ),
  yes(
    'months',
    ['policy', 'Applicants may withdraw within 14 days.'],
    ['spec', 'If an applicant withdraws later than 7 days after applying, then the AdoptionService shall refuse it.'],
  ),
];
