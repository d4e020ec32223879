import type { Layer } from '../../../../../src/agent/model.ts';

/** Two things that are said, and whether no system can do both. Contracts are fields and operations: see `contract` of the test. */
export interface Pair {
  readonly name: string;
  readonly a: readonly [layer: Layer, text: string, title?: string];
  readonly b: readonly [layer: Layer, text: string, title?: string];
  readonly contradicts: boolean;
}

const yes = (name: string, a: Pair['a'], b: Pair['b']): Pair => ({ name, a, b, contradicts: true });
const no = (name: string, a: Pair['a'], b: Pair['b']): Pair => ({ name, a, b, contradicts: false });

/** Hotels, schools, pharmacies, chats, airlines, museums: none of it is a domain of bench/conflicts. */
export const PAIRS: readonly Pair[] = [
  yes(
    'guest data kept too long',
    ['policy', 'Passport scans of guests are deleted no later than three days after check-out.'],
    ['spec', 'The StayService shall keep passport scans of guests for six months, so that disputes can be settled.'],
  ),
  no(
    'guest data kept shorter',
    ['policy', 'Passport scans of guests are deleted no later than three days after check-out.'],
    ['spec', 'When a guest checks out, the StayService shall delete the passport scan within one hour.'],
  ),
  no(
    'another thing is kept',
    ['policy', 'Passport scans of guests are deleted no later than three days after check-out.'],
    ['spec', 'The BillingService shall keep invoices of guests for ten years.'],
  ),
  yes(
    'deleted although it has to stay',
    ['policy', 'Exam results are kept for at least 30 years.'],
    ['request', 'Please delete exam results two years after the student has left.'],
  ),
  no(
    'deleted is something else',
    ['policy', 'Exam results are kept for at least 30 years.'],
    ['request', 'Please delete chat messages two years after the student has left.'],
  ),
  yes(
    'session',
    ['policy', 'After ten minutes of inactivity a session ends.'],
    ['request', 'Pharmacists must stay signed in all day, even when nobody touches the till for an hour.'],
  ),
  no(
    'session of another length is active',
    ['policy', 'After ten minutes of inactivity a session ends.'],
    ['request', 'The report of the day has to be ready ten minutes after closing.'],
  ),
  yes(
    'larger than the limit',
    ['spec', 'If a video is larger than 200 MB, then the ChatService shall reject it.'],
    ['request', 'Trainers need to send videos of up to 1 GB.'],
  ),
  no(
    'within the limit',
    ['spec', 'If a video is larger than 200 MB, then the ChatService shall reject it.'],
    ['request', 'Trainers need to send videos of up to 150 MB.'],
  ),
  no(
    'same value in another unit',
    ['spec', 'If a video is larger than 2 GB, then the ChatService shall reject it.'],
    ['adr', 'Videos are uploaded in one piece of up to 2,000 MB.'],
  ),
  no(
    'limit of something else',
    ['spec', 'If a video is larger than 200 MB, then the ChatService shall reject it.'],
    ['request', 'Backups of 1 GB have to be restored on Sundays.'],
  ),
  yes(
    'more than allowed',
    ['policy', 'A member may borrow no more than three bicycles at a time.'],
    ['spec', 'The RentalService shall let a member take five bicycles at a time.'],
  ),
  no(
    'stricter than allowed',
    ['policy', 'A member may borrow no more than three bicycles at a time.'],
    ['spec', 'The RentalService shall allow a member at most two bicycles at a time.'],
  ),
  no(
    'another thing is counted',
    ['policy', 'A member may borrow no more than three bicycles at a time.'],
    ['spec', 'The RentalService shall let a member name five favourite stations.'],
  ),
  yes(
    'slower than promised',
    ['spec', 'A seat map is drawn within 2 seconds.'],
    ['adr', 'Drawing the seat map takes at least 5 seconds, as it is computed anew each time.'],
  ),
  no('faster than promised', ['spec', 'A seat map is drawn within 2 seconds.'], ['spec', 'The seat map is drawn in under 800 ms.']),
  yes(
    'stale by its period',
    ['spec', 'A price that changed is on the web page within one minute.'],
    ['adr', 'The prices on the web page come from a file that is rebuilt every night.'],
  ),
  no(
    'fresh enough by its period',
    ['spec', 'A price that changed is on the web page within one hour.'],
    ['adr', 'The prices on the web page come from a cache that is refreshed every five minutes.'],
  ),
  yes(
    'rotated too seldom',
    ['policy', 'Passwords of databases are changed at least every 30 days.'],
    ['adr', 'The password of the database is changed once a year.'],
  ),
  no(
    'rotated often enough',
    ['policy', 'Passwords of databases are changed at least every 90 days.'],
    ['adr', 'The password of the database is changed every week.'],
  ),
  yes(
    'role beyond the only one',
    ['policy', 'Salaries may be seen by the payroll clerk alone.'],
    ['request', 'Managers should be able to see the salaries of their people.'],
  ),
  no(
    'the only one',
    ['policy', 'Salaries may be seen by the payroll clerk alone.'],
    ['request', 'The payroll clerk wants to see all salaries in one list.'],
  ),
  no(
    'another thing is seen',
    ['policy', 'Salaries may be seen by the payroll clerk alone.'],
    ['request', 'Managers should be able to see the holidays of their people.'],
  ),
  yes(
    'barred people',
    ['policy', 'Teachers do not get to see medical notes of pupils.'],
    ['spec', 'The SchoolService shall show medical notes of pupils to their teachers.'],
  ),
  yes(
    'without signing in',
    ['policy', 'Floor plans can be opened only by people who are signed in.'],
    ['request', 'Visitors need to open floor plans without an account, from the QR code at the door.'],
  ),
  no(
    'signed in as demanded',
    ['policy', 'Floor plans can be opened only by people who are signed in.'],
    ['request', 'Firefighters want to open floor plans on their tablets once they have signed in.'],
  ),
  no(
    'something else without signing in',
    ['policy', 'Floor plans can be opened only by people who are signed in.'],
    ['request', 'Visitors need to read opening hours without an account.'],
  ),
  yes(
    'one factor for staff',
    ['policy', 'All employees sign in with two factors.'],
    ['request', 'A cashier has to get in with a PIN alone, the queue is too long.'],
  ),
  no(
    'one factor for customers',
    ['policy', 'All employees sign in with two factors.'],
    ['request', 'For customers a password is enough, please nothing else.'],
  ),
  yes(
    'outside of the union',
    ['policy', 'Recordings of lessons must not leave the European Union.'],
    ['adr', 'Recordings of lessons are stored in a bucket in us-east-1.'],
  ),
  no(
    'inside of the union',
    ['policy', 'Recordings of lessons must not leave the European Union.'],
    ['adr', 'Recordings of lessons are stored in a bucket in eu-west-3.'],
  ),
  no(
    'something else outside',
    ['policy', 'Recordings of lessons must not leave the European Union.'],
    ['adr', 'The marketing site is served from a data centre in Oregon.'],
  ),
  yes(
    'a technology that is ruled out',
    ['adr', 'We do not use MongoDB any more, for anything.'],
    ['spec', 'The MenuService shall store menus in MongoDB.'],
  ),
  yes(
    'another technology for the same',
    ['adr', 'Events between services are published on Kafka.'],
    ['request', 'Proposal: publish the events between our services via RabbitMQ.'],
  ),
  no(
    'another technology for another thing',
    ['adr', 'Events between services are published on Kafka.'],
    ['spec', 'The MenuService shall cache menus in Redis.'],
  ),
  no(
    'the technology of a vendor',
    ['adr', 'We do not use SOAP between our services.'],
    ['request', 'The till of the vendor talks SOAP to its own cloud; we need a power socket for it.'],
  ),
  yes('old TLS', ['policy', 'Every connection uses TLS 1.2 or newer.'], ['adr', 'The door readers go on talking TLS 1.1 to the gateway.']),
  no('newer TLS', ['policy', 'Every connection uses TLS 1.2 or newer.'], ['adr', 'The gateway speaks TLS 1.3 to the door readers.']),
  no(
    'plain in a test',
    ['policy', 'In production every connection is encrypted.'],
    ['adr', 'On the laptops of developers the services talk plain HTTP.'],
  ),
  yes(
    'personal data in the log',
    ['policy', 'E-mail addresses of members must never appear in logs.'],
    ['request', 'When a mail bounces, please log the e-mail address of the member.'],
  ),
  no(
    'something else in the log',
    ['policy', 'E-mail addresses of members must never appear in logs.'],
    ['request', 'When a mail bounces, please log the status code and the hour.'],
  ),
  yes(
    'optional and mandatory',
    ['spec', 'Guests may leave out their phone number.'],
    ['policy', 'Every guest has to give a phone number.'],
  ),
  no(
    'optional is something else',
    ['spec', 'Guests may leave out their middle name.'],
    ['policy', 'Every guest has to give a phone number.'],
  ),
  yes(
    'two codes for one case',
    ['spec', 'If the room is already taken, then the StayService shall answer with status 409.'],
    ['adr', 'If the room is already taken, the services answer with status 422.'],
  ),
  no(
    'two codes for two cases',
    ['spec', 'If the room is already taken, then the StayService shall answer with status 409.'],
    ['adr', 'If the voucher has expired, the services answer with status 410.'],
  ),
  yes(
    'edited although final',
    ['policy', 'A grade that was published is never changed.'],
    ['request', 'Teachers want to change a published grade when they made a mistake.'],
  ),
  no(
    'something else is edited',
    ['policy', 'A grade that was published is never changed.'],
    ['request', 'Teachers want to change the photo of their profile.'],
  ),
  yes(
    'queue against an answer at once',
    ['adr', 'A payment is settled within the request.'],
    ['spec', 'The TillService shall put payments on a queue and settle them in the background.'],
  ),
  no(
    'queue for something else',
    ['adr', 'A payment is settled within the request.'],
    ['spec', 'The TillService shall put newsletters on a queue and send them in the background.'],
  ),
  yes(
    'out of order',
    ['adr', 'Moves of a game are applied strictly in the order in which they arrive.'],
    ['spec', 'The GameService shall apply moves of a game in parallel, regardless of their order.'],
  ),
  yes(
    'local time',
    ['policy', 'All timestamps are stored in UTC.'],
    ['adr', 'Timestamps of shifts are stored in local time without an offset.'],
  ),
  yes(
    'never available and always',
    ['spec', 'The booking page is available around the clock.'],
    ['request', 'Please close the booking page every night from one to five.'],
  ),
  no(
    'another thing is closed',
    ['spec', 'The booking page is available around the clock.'],
    ['request', 'The kitchen is closed every night from one to five.'],
  ),
  yes(
    'floats for money',
    ['adr', 'Amounts of money are whole cents, never floats.'],
    ['spec', 'The TillService shall return the total amount as a floating point number.'],
  ),
  yes(
    'a language that is missing',
    ['spec', 'Labels are printed only in English and French.'],
    ['request', 'Labels have to be printed in Polish too.'],
  ),
  no(
    'a language that is there',
    ['spec', 'Labels are printed only in English and French.'],
    ['request', 'Labels for Lyon have to be printed in French.'],
  ),
  yes(
    'a format that is missing',
    ['spec', 'The MuseumService shall accept only JPEG and PNG pictures of exhibits.'],
    ['request', 'Curators want to upload pictures of exhibits as WebP.'],
  ),
  no(
    'a format for something else',
    ['spec', 'The MuseumService shall accept only JPEG and PNG pictures of exhibits.'],
    ['request', 'Curators want to download the list of loans as CSV.'],
  ),
  yes(
    'one and several',
    ['spec', 'A household has exactly one contract.'],
    ['request', 'A household needs to have several contracts at once.'],
  ),
  yes(
    'one for each and one for all',
    ['spec', 'The TripService shall issue one boarding pass for each passenger.'],
    ['spec', 'When a family travels, the TripService shall issue a single boarding pass that covers all passengers.'],
  ),
  yes(
    'not sent and sent',
    ['policy', 'Minors are never sent advertising.'],
    ['request', 'Please send advertising to minors on their birthday.'],
  ),
  yes(
    'stored although never',
    ['policy', 'Fingerprints of members are not stored.'],
    ['adr', 'We store fingerprints of members to open the door faster.'],
  ),
  no(
    'something else is stored',
    ['policy', 'Fingerprints of members are not stored.'],
    ['adr', 'We store photos of members to open the door faster.'],
  ),
  yes(
    'approved by itself',
    ['policy', 'A discount above 20 % needs the approval of a manager.'],
    ['spec', 'The TillService shall grant any discount automatically, without asking a manager.'],
  ),
  yes(
    'polling',
    ['adr', 'The display does not poll the server.'],
    ['request', 'Let the display ask the server for news every ten seconds.'],
  ),
  yes(
    'hard and soft',
    ['adr', 'Rows of pupils are never deleted; they are marked as deleted.'],
    ['spec', 'The SchoolService shall physically delete the rows of pupils who left.'],
  ),
  yes(
    'offline',
    ['spec', 'Without a connection the door shall stay locked and refuse everybody.'],
    ['spec', 'The door goes on working without a network for a day.'],
  ),
  no('a wish beside a must', ['spec', 'The seat map is drawn within 2 seconds.'], ['spec', 'The seat map should be drawn within 300 ms.']),
  no(
    'both under other conditions',
    ['spec', 'While a lesson is running, the LessonService shall let pupils post messages.'],
    ['spec', 'If a lesson is over, then the LessonService shall not let pupils post messages.'],
  ),
  no(
    'two services',
    ['spec', 'If a form is more than five days old, then the IntakeService shall reject it.'],
    ['spec', 'The ArchiveService shall accept forms up to 60 days old.'],
  ),
  yes(
    'too old for one, taken by another',
    ['spec', 'If a form is more than five days old, then the IntakeService shall reject it.'],
    ['request', 'Forms up to 60 days old have to be accepted.'],
  ),
  no(
    'two limits of one kind',
    ['spec', 'The GymService shall allow a member no more than two courses a day.'],
    ['spec', 'The GymService shall allow a trainer no more than eight courses a day.'],
  ),
  yes(
    'contrast',
    ['spec', 'Text on signs has a contrast of at least 7:1.'],
    ['request', 'Text on the signs goes grey on white, about 3:1.'],
  ),
  no(
    'an exception that is stated',
    ['policy', 'Nobody enters the vault alone, except the director.'],
    ['request', 'The director wants to enter the vault alone.'],
  ),
];
