import { type Meter, readMeterFile } from './usage.ts';

/** Numbers of the system call wait4 on Linux: Perl calls it by number, since its own wait tells no usage. */
const wait4: Readonly<Record<string, number>> = { x64: 61, arm64: 260 };

// struct rusage begins with four longs of time and ru_maxrss in KiB. A child of a small process is what
// makes the peak honest: Linux counts the parent's memory at the time of the fork as the child's.
const script = String.raw`
use strict; use POSIX (); use Time::HiRes qw(clock_gettime CLOCK_MONOTONIC);
my ($out, $wait4, @argv) = @ARGV;
sub record { open(my $file, '>', $out) or die "$out: $!"; print $file shift; close($file); }
my $started = clock_gettime(CLOCK_MONOTONIC);
my $pid = fork // die "fork: $!";
if (!$pid) {
  no warnings 'exec';
  exec { $argv[0] } @argv;
  my $why = "$!"; $why =~ s/["\\]//g;
  record(qq({"error": "$why"}));
  POSIX::_exit(127);
}
my ($status, $usage) = (pack('l', 0), "\0" x 256);
while (syscall($wait4 + 0, $pid, $status, 0, $usage) < 0) { die "wait4: $!" unless $!{EINTR} }
my $wall = clock_gettime(CLOCK_MONOTONIC) - $started;
my ($us, $uus, $ss, $sus, $kib) = unpack('q5', $usage);
$status = unpack('l', $status);
exit 127 if ($status >> 8) == 127 && -s $out;
record(sprintf('{"wallNs": %.0f, "cpuNs": %d, "peakBytes": %d, "code": %d, "signal": %d}',
  $wall * 1e9, ($us + $ss) * 1e9 + ($uus + $sus) * 1e3, $kib * 1024, $status >> 8, $status & 127));
`;

/** Perl: there on nearly every Linux, slim images too. Undefined for processors whose numbers we do not know. */
export function perlMeter(platform: string, arch: string): Meter | undefined {
  const number = wait4[arch];
  if (platform !== 'linux' || number === undefined) return undefined;
  return {
    id: 'perl',
    missing: [],
    resolutionNs: 1000,
    wrap: (command, out) => ['perl', '-e', script, '--', out, String(number), ...command],
    read: readMeterFile,
  };
}
