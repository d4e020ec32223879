import type { Pair } from './pairs.ts';

const yes = (name: string, a: Pair['a'], b: Pair['b']): Pair => ({ name, a, b, contradicts: true });
const no = (name: string, a: Pair['a'], b: Pair['b']): Pair => ({ name, a, b, contradicts: false });

/** Insurance, public transport, farms, laboratories, radio: in the words of people, not of requirements. */
export const MORE_PAIRS: readonly Pair[] = [
  yes(
    'claims thrown away',
    ['policy', 'We hold on to the papers of a claim for at least seven years after it was closed.'],
    ['spec', 'One year after a claim was closed, the ClaimService shall throw its papers away.'],
  ),
  no(
    'drafts thrown away',
    ['policy', 'We hold on to the papers of a claim for at least seven years after it was closed.'],
    ['spec', 'When a draft of a letter is older than a month, the ClaimService shall throw it away.'],
  ),
  yes(
    'location of buses gone',
    ['policy', 'Where a rider got on is forgotten after 24 hours.'],
    ['request', 'Planning wants to look back three months to see where riders got on.'],
  ),
  no(
    'location of buses, not riders',
    ['policy', 'Where a rider got on is forgotten after 24 hours.'],
    ['request', 'Planning wants to look back three months to see how late the buses were.'],
  ),
  yes(
    'link dies early',
    ['spec', 'A link to reset the password is valid for 30 minutes.'],
    ['request', 'The link to reset a password should work for two days, people read their mail late.'],
  ),
  no(
    'another link',
    ['spec', 'A link to reset the password is valid for 30 minutes.'],
    ['request', 'The link to the newsletter should work for two years.'],
  ),
  yes(
    'locked too long',
    ['policy', 'An account is locked for an hour after five wrong passwords.'],
    ['spec', 'If someone enters ten wrong passwords, then the LoginService shall lock the account for an hour, and not before.'],
  ),
  yes(
    'too many attachments',
    ['spec', 'The ClaimService shall take at most ten photos with a claim.'],
    ['request', 'After a hailstorm a car has thirty dents, so adjusters have to attach 30 photos to one claim.'],
  ),
  no(
    'few attachments',
    ['spec', 'The ClaimService shall take at most ten photos with a claim.'],
    ['request', 'Adjusters would be happy if they could attach eight photos to one claim.'],
  ),
  yes(
    'long comments',
    ['policy', 'Comments of listeners are never longer than 500 characters.'],
    ['request', 'Listeners complain that they get cut off; comments of 2,000 characters must be possible.'],
  ),
  yes(
    'too heavy',
    ['spec', 'If luggage weighs more than 23 kg, then the CheckInService shall refuse it.'],
    ['request', 'Musicians have to be able to check in luggage of 32 kg.'],
  ),
  no(
    'lighter',
    ['spec', 'If luggage weighs more than 23 kg, then the CheckInService shall refuse it.'],
    ['request', 'Luggage of 20 kg has to be free for members.'],
  ),
  yes(
    'slow result',
    ['spec', 'The result of a blood test is on the screen of the ward no later than 30 minutes after it was measured.'],
    ['adr', 'The laboratory system hands over the results of blood tests once every four hours.'],
  ),
  no(
    'fast result',
    ['spec', 'The result of a blood test is on the screen of the ward no later than six hours after it was measured.'],
    ['adr', 'The laboratory system hands over the results of blood tests once every four hours.'],
  ),
  yes(
    'alarm is late',
    ['spec', 'A farmer hears of frost within one minute.'],
    ['adr', 'Sensors wake up every half hour and then report frost.'],
  ),
  yes(
    'who may see',
    ['policy', "What a patient earns is nobody's business but that of the billing office."],
    ['spec', 'The WardService shall show nurses what a patient earns.'],
  ),
  yes(
    'doctors may, the front desk may not',
    ['policy', 'Genetic findings are for the treating physicians only.'],
    ['request', 'The receptionist should see genetic findings too, so she can explain them on the phone.'],
  ),
  no(
    'physicians may',
    ['policy', 'Genetic findings are for the treating physicians only.'],
    ['request', 'Physicians want genetic findings on their tablets.'],
  ),
  yes(
    'anyone may look',
    ['policy', 'Timetables of drivers must not be open to people who have not logged in.'],
    ['spec', 'Anyone can look at timetables of drivers without logging in.'],
  ),
  no(
    'the public may look at something else',
    ['policy', 'Timetables of drivers must not be open to people who have not logged in.'],
    ['spec', 'Anyone can look at timetables of buses without logging in.'],
  ),
  yes(
    'password is enough',
    ['policy', 'Whoever works for us proves who they are with two factors.'],
    ['request', 'Dispatchers should not need anything but their password in the depot.'],
  ),
  yes(
    'abroad',
    ['policy', 'Claims of customers stay on servers in Switzerland.'],
    ['adr', 'Claims are archived with a provider in Dublin.'],
  ),
  no(
    'at home',
    ['policy', 'Claims of customers stay on servers in Switzerland.'],
    ['adr', 'Claims are archived with a provider in Zurich.'],
  ),
  yes(
    'no more FTP',
    ['policy', 'FTP is not used any more.'],
    ['request', 'The garages would send us their bills by FTP, as that is what they have.'],
  ),
  yes(
    'another broker',
    ['adr', 'For messages between services we have decided on NATS and nothing else.'],
    ['spec', 'The AlarmService shall read messages of the SensorService from a Kafka topic.'],
  ),
  yes('another database', ['adr', 'Timetables are kept in PostgreSQL.'], ['request', 'Proposal by Kim: keep the timetables in DynamoDB.']),
  no(
    'another thing in another database',
    ['adr', 'Timetables are kept in PostgreSQL.'],
    ['spec', 'The SearchService shall keep its index in OpenSearch.'],
  ),
  yes(
    'hash',
    ['policy', 'Passwords are hashed with Argon2 and nothing weaker.'],
    ['adr', 'Passwords go on being hashed with MD5 until the old app is gone.'],
  ),
  yes(
    'keys',
    ['policy', 'Backups are encrypted with AES-256.'],
    ['adr', 'Backups are encrypted with AES-128, which is faster on the old tapes.'],
  ),
  yes(
    'birthday in the mail',
    ['policy', 'A mail to a patient never says which test was made.'],
    ['request', 'Please put into the mail to the patient which test was made.'],
  ),
  yes(
    'names in links',
    ['policy', 'No URL contains the name of a customer.'],
    ['spec', 'The PortalService shall build each URL from the name of the customer.'],
  ),
  no(
    'ids in links',
    ['policy', 'No URL contains the name of a customer.'],
    ['spec', 'The PortalService shall build each URL from the id of the claim.'],
  ),
  yes(
    'card data in logs',
    ['spec', 'The PayService shall not write card numbers to its log.'],
    ['adr', 'For the audit every request is logged as it came in, card number and all.'],
  ),
  yes(
    'has to say why',
    ['policy', 'Whoever cancels a claim has to give a reason.'],
    ['spec', 'The ClaimService shall let customers cancel a claim without giving a reason.'],
  ),
  no(
    'reason for another thing',
    ['policy', 'Whoever cancels a claim has to give a reason.'],
    ['spec', 'The ClaimService shall let customers change their address without giving a reason.'],
  ),
  yes(
    'status',
    ['spec', 'If the stop does not exist, then the StopService shall answer with status 404.'],
    ['spec', 'When the stop does not exist, the StopService shall return an empty list with status 200.'],
  ),
  yes(
    'signed stays signed',
    ['policy', 'A report that a doctor signed cannot be edited any more.'],
    ['request', 'Doctors want to fix typos in reports they have signed.'],
  ),
  no(
    'unsigned reports',
    ['policy', 'A report that a doctor signed cannot be edited any more.'],
    ['request', 'Doctors want to fix typos in drafts.'],
  ),
  yes(
    'overwritten readings',
    ['adr', 'Values of sensors are append-only.'],
    ['spec', 'When a sensor reports again within a minute, the FieldService shall overwrite the value it stored.'],
  ),
  yes(
    'answer later',
    ['adr', 'Whether a claim is covered is answered synchronously.'],
    ['spec', 'The ClaimService shall check in the background whether a claim is covered and tell the customer by mail.'],
  ),
  yes(
    'songs out of order',
    ['spec', 'Requests of listeners are played in the order in which they came in.'],
    ['request', 'Listeners who pay should have their requests played before all others.'],
  ),
  yes(
    'one per household',
    ['policy', 'Each household gets one parking permit and no more.'],
    ['spec', 'The PermitService shall let a household apply for several parking permits.'],
  ),
  no(
    'one for each car',
    ['policy', 'Each household gets one parking permit and no more.'],
    ['spec', 'The PermitService shall let a household name several drivers.'],
  ),
  yes(
    'collective ticket',
    ['spec', 'Each passenger gets a ticket of their own.'],
    ['request', 'School classes need one ticket for all passengers.'],
  ),
  yes(
    'night shift',
    ['spec', 'Patients reach the chat at any time of day or night.'],
    ['request', 'Switch the chat off at weekends, nobody staffs it.'],
  ),
  no(
    'another service at night',
    ['spec', 'Patients reach the chat at any time of day or night.'],
    ['request', 'The cafeteria is only open between eight and four.'],
  ),
  yes(
    'money',
    ['adr', 'Premiums are integers in cents everywhere.'],
    ['spec', 'The QuoteService shall return premiums as decimal euros such as 12.5.'],
  ),
  yes(
    'zone',
    ['adr', 'Departure times are stored in UTC.'],
    ['spec', 'The PlanService shall store departure times as local time of the station.'],
  ),
  yes(
    'language',
    ['spec', 'Announcements are made in German and Italian only.'],
    ['request', 'Announcements must also be made in English.'],
  ),
  yes(
    'currency',
    ['policy', 'Premiums are charged in Swiss francs only.'],
    ['request', 'Customers over the border would like to pay their premiums in euros.'],
  ),
  yes(
    'formats',
    ['spec', 'The ClaimService shall accept only PDF for bills.'],
    ['request', 'Garages want to hand in their bills as XML or DOCX.'],
  ),
  yes(
    'four eyes',
    ['policy', 'Payments above 10,000 francs are released by two people.'],
    ['spec', 'The PayService shall release payments of any amount without anyone looking at them.'],
  ),
  no(
    'four eyes below the bar',
    ['policy', 'Payments above 10,000 francs are released by two people.'],
    ['spec', 'The PayService shall release payments below 100 francs without anyone looking at them.'],
  ),
  yes(
    'asks too often',
    ['policy', 'Nobody asks the weather service more often than once an hour.'],
    ['adr', 'The field gateway asks the weather service every five minutes.'],
  ),
  no(
    'asks seldom',
    ['policy', 'Nobody asks the weather service more often than once an hour.'],
    ['adr', 'The field gateway asks the weather service twice a day.'],
  ),
  yes(
    'uptime',
    ['spec', 'Dispatch is available 99.95 % of each month.'],
    ['adr', 'We accept that dispatch is available only 98 % of each month.'],
  ),
  no(
    'uptime of another',
    ['spec', 'Dispatch is available 99.95 % of each month.'],
    ['adr', 'The statistics page may be down for a day each month.'],
  ),
  yes(
    'all or nothing',
    ['adr', 'A file of readings is taken in as a whole or not at all.'],
    ['spec', 'If a line of a file of readings is broken, then the IntakeService shall skip it and take in the rest.'],
  ),
  yes(
    'consent',
    ['policy', 'Listeners get advertising only after they have agreed.'],
    ['request', 'Let us sign up every listener for advertising by default.'],
  ),
  yes(
    'delete button',
    ['policy', 'A customer can delete their account at any time.'],
    ['spec', 'While a claim is open, the AccountService shall not let a customer delete their account.'],
  ),
  yes(
    'test data',
    ['policy', 'Data of real patients is never used in tests.'],
    ['adr', 'The test system gets a copy of the data of real patients every week.'],
  ),
  no(
    'made-up test data',
    ['policy', 'Data of real patients is never used in tests.'],
    ['adr', 'The test system gets made-up patients every week.'],
  ),
  yes(
    'direct database access',
    ['adr', 'No service reads the tables of another.'],
    ['spec', 'The ReportService shall read from the tables of the ClaimService.'],
  ),
  yes(
    'free of charge',
    ['policy', 'Changing a booking costs nothing.'],
    ['spec', 'When a rider changes a booking, the FareService shall charge a fee of five francs.'],
  ),
];
