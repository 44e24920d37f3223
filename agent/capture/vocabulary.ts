import { causeRules } from '../causes/cause-rules.ts';
import { catalogue, catalogueByProvider } from '../issues/catalogue.ts';
import { definitions } from '../settings/schema.ts';
import { eventKinds, severities } from '../shared/event.ts';
import { identityProviders } from '../shared/identity-provider.ts';
import { languages } from '../shared/languages.ts';
import { sourceNames } from '../shared/observation.ts';
import { failureReasons } from '../shared/reading.ts';
import { textsByLanguage } from '../texts/texts-by-language.ts';
import { userText } from '../texts/user-texts.ts';

/**
 * The words that may stay in a free text: those that this product writes, those of Node's and SQLite's
 * errors, and the names of folders of any Mac. Any other word is replaced.
 */
const own = `
  inspected tls rc bioutil csrutil fdesetup pluginkit sc auth counted fingerprints cards smart turns
  came compliance damage expect fill grade had lacks mistakes returned sentence
  allows archive cleanly continues corrects creates details finished limits moves polled polls restore
  switches took within quarantined quarantines notified usable prompted
  chown collects deaths df diagnose err k l ld less little mb measures msg n noted r restart restarted
  applies approved believed booted checked confirmation daemon detect elapsed exchange explained grace guaranteed
  independent linked major mobileconfig passage phase rebooted remedy slept states ticket uid unwatched view woke
  worth xml zone purpose mib sqlite vers sw pid po commit rows cli index reader writer loop
  a abandoned abort account accounts active actual adding address addresses admin administrators afterwards
  against agent ago agree air alarm allow alpha alphanumeric alt altogether always am anonymous app
  appear append apple application applications apr april argument arguments arm array aside asking asleep
  assertions async at attempting attention attribute aug august auth authentications auto automatic await
  away azure banner base baseline be because begin begins belongs beside better between bin binary bind
  biometric boolean boot bootout bootstrap bound breaking breaks busy but by bytes cache call caller calling
  candidate cannot cantopen case cast catalogue category cell certificate certificates channel chars
  checkpoint chosen clean cleanly clear cleared client close codesign column com commands complex config configured
  conflict connection consecutive constraint content contents context continue continues correct corrupt corrupted
  costs could count cpu crash crashed create created creating creation credential cut cwd cycle cycles d daily
  damaged darwin data database databases day days db debug dec december deep deeply defaults defect demo
  denied depends deploy depth describe describes detail dev dez dezember dialog dictionary differ different
  digest digests digit digits directory disabled disk dismissed display disturb do docs doctor down drop
  drops dscl eacces each eagain ebadf ebusy econnrefused econnreset editor edquot eexist efbig eight eintr
  eio eisdir either eloop emfile empty enable enabled enametoolong encryption ended ends enfile enoent
  enomem enospc enotconn enotdir enotempty enrolled enrollment entra entry eperm epipe episode episodes
  erofs error errors esrch etc etimedout event events ever everything exactly example exceeded exception
  excluded exclusive exdev exec exists exit exited expected expire expires expiring expiry explains
  extensible extensiblesso extension fact facts failing fallback false fault feb februar february few file
  files filled find finding firewall first fits fitting five folder folders for forbid force foreground
  foreign form formed found four free frequency fri friday from fs fsync full function further future
  garbage garbled general generic gib github global google got grapheme green group gui h handed
  happened has hash hashed hashes have he header headline heap hear heartbeat here hex hold holder holds
  home host hosts hour hours html i ibm identifier identities ids if ignore ignored imac image immediate in
  incremental info input insert install installation installer integer integrity intel internal internet
  interval intervals into intune invalid invalidated io ioerr ioreg is isn iso it item jamf jan januar
  january journal js json jul juli july jun june juni kb keep keeping keeps kerberos key keychain keychains
  keys kib kickstart kill kind kinds knows lag languages large larger last launchagents launchctl launchd
  launchdaemons layout leftovers let lets letter letters lib library lies lifetime limit line lines linux
  list load local locked lockout log login logs looked lowercase ls lstat m mac macbook macos mai main
  malformed managed many map mar march max maximum may md me mean means members memory method mi mib
  microsoft midnight min mini minute minutes missing mjs mkdir mode modules mon monday monitor monotonic
  month months moved mozilla ms much munki must my mär märz name names nan nd ndays ndjson near nearly
  neither nested network newest next nine no nobody node noise none nor not notadb notice notices
  notification notifications notifier notifies notify notnull nov november nowhere npm null number numeric
  object observation observed oct october of offline often ok okt okta oktober on one ones online open
  opened opens operation operations opt or organization osascript osquery others our out outcome output
  owner owns package parse partial parts pass passes passive path paths payload period permission
  permissions permitted pin pipe pkg pkgutil places plist pm poll port position postponed power pragma predicate
  preferences prepare present previous primary print printed private pro problem problems process processor
  product profile profiles progress promises properties property protocol proven provided proxy psso push
  quick quiet quit raise raises range raw rd re read readable reading readonly realm reason receipt receipts
  receives record recorded records recovered recursion redacted reference refresh refuse refuses regex
  registered registration regular rejected relative remedies remembered reminder reminders rename repeats
  replace replaced replay report reported reports request require resolved resource resources result
  retention rollback room root rotation run runs s said sat saturday saved saw scandir scenarios schema
  scutil sec second seconds secret security select sending sep sept september sequences sequential sequoia
  server servers set sets setting settles seven several share shm short shortest show showed sigabrt
  sightings sighup sigint sigkill signalled signing sigsegv sigterm silence silenced silences silently
  silicon simple simulated six size skipped skipping sleep slows so some somebody something somewhere sonoma
  soon sound source sources space span spawn sqlite st stack standard started starting starts stat statement
  statements status stderr stdout stops store stored story straight stream streams stretches string studio
  style subsystem subtitle succeeded successfully such sudo summary sun sunday supplied support sure suspect
  swift swiftdialog switch switched symbol symbols synchronous syncing syntax sysctl sysroot system t tables
  tahoe tail target team ten th than that the their them then there these they thing things third this three
  thrown thu thumbprint thursday timeout timers timestamp tmp to today together token tokens too traces
  transaction transactions trigger trouble true trusted ts tue tuesday two txt type types unavailable
  uncaught undefined understand understands understood unexpected unexplained unified unit unknown unlink
  unlock unreadable unregistered unresolved unusable up updated upper uppercase usage used user users using
  usr utc v vacuum valid value values var ventura verdict verifying virtual void volume waited waits wake wakes
  wal wall want wanted warn warning warnings warns was watch watched watcher watches watching we web
  webauthenticationsession wed wednesday week weeks went were what whatever wheel when where which whichever
  while who whole whom whose why wifi will with withdraw without words working workplacejoin world would writable
  write written wrote x year years yellow yes yesterday you your yours zero zip
`;

function ownTexts(): unknown[] {
  const notifiable = catalogue.flatMap(({ id, cadence }) =>
    cadence.maximum === 0
      ? []
      : languages.flatMap((language) =>
          identityProviders.map((provider) => userText(id, language, { provider })),
        ),
  );
  return [
    catalogueByProvider,
    causeRules.map(({ id }) => id),
    notifiable,
    textsByLanguage,
    definitions,
    eventKinds,
    severities,
    sourceNames,
    failureReasons,
  ];
}

function wordsOf(value: unknown): string[] {
  if (typeof value === 'string') return wordsIn(value);
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).flatMap(([key, one]) => [...wordsIn(key), ...wordsOf(one)]);
  return [];
}

/** `pssoNotRegistered` is three words, and so is `psso-not-registered`. Lower case. */
export function wordsIn(text: string): string[] {
  const parted = text.replace(/(\p{Ll})(?=\p{Lu})/gu, '$1 ').replace(/(\p{Lu})(?=\p{Lu}\p{Ll})/gu, '$1 ');
  return (parted.match(/[\p{L}\p{M}]+/gu) ?? []).map((word) => word.toLowerCase());
}

/** Lower case; with the words of the catalogue, the causes and the settings. */
export const vocabulary: ReadonlySet<string> = new Set([...wordsIn(own), ...wordsOf(ownTexts())]);
