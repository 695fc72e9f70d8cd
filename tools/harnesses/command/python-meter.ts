import { type Meter, readMeterFile } from './usage.ts';

const script = `
import json, os, sys, time
out, argv = sys.argv[1], sys.argv[2:]
def tell(value):
    with open(out, 'w') as file:
        json.dump(value, file)
try:
    started = time.perf_counter_ns()
    pid = os.posix_spawnp(argv[0], argv, os.environ)
except OSError as error:
    tell({'error': error.strerror})
    sys.exit(127)
_, status, usage = os.wait4(pid, 0)
wall = time.perf_counter_ns() - started
tell({
    'wallNs': wall,
    'cpuNs': round((usage.ru_utime + usage.ru_stime) * 1e9),
    'peakBytes': usage.ru_maxrss * (1 if sys.platform == 'darwin' else 1024),
    'code': os.WEXITSTATUS(status) if os.WIFEXITED(status) else 0,
    'signal': os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0,
})
`;

/**
 * Python: the same on Linux and macOS. A command that needs less memory than Python itself (some 10 MB)
 * shows Python's on Linux.
 *
 * @param python absolute path of the interpreter
 */
export function pythonMeter(python: string): Meter {
  return {
    id: 'python3',
    missing: [],
    resolutionNs: 1000,
    // Isolated, without site packages: starts in half the time and is blind to the project's own modules.
    wrap: (command, out) => [python, '-I', '-S', '-c', script, out, ...command],
    read: readMeterFile,
  };
}
