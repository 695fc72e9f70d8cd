import { defineErrors } from '../errors/assay-error.ts';

export const processErrors = defineErrors({
  'process/lock-timeout': {
    message: (p: { seconds: number; pid: number; cwd: string; since: string }) =>
      `Another measuring run holds this machine (process ${p.pid} in ${p.cwd}, since ${p.since}), and ${p.seconds} s of waiting did not see its end.`,
    remedy: (p: { pid: number }) =>
      `Wait for it or end it (kill ${p.pid}); two runs at a time would measure each other's noise.`,
  },
  'process/lock-unusable': {
    message: (p: { folder: string; reason: string }) =>
      `The folder by which measuring runs wait for each other, ${p.folder}, cannot be used: ${p.reason}.`,
    remedy: (p: { folder: string }) => `Remove ${p.folder}, or make it writable for every user (chmod 777).`,
  },
});
