import { defineErrors } from '../errors/assay-error.ts';

interface AtPath {
  path: string;
}

export const filesErrors = defineErrors({
  'files/missing': {
    message: (p: AtPath) => `There is no file ${p.path}.`,
    remedy: () => 'Check the path; if the file should have been written by an earlier step, run that step.',
  },
  'files/unreadable': {
    message: (p: AtPath & { reason: string }) => `The file ${p.path} cannot be read: ${p.reason}.`,
    remedy: (p: AtPath) => `Give this user permission to read ${p.path}, and check that it is a file.`,
  },
  'files/malformed': {
    message: (p: AtPath & { line: number; column: number; reason: string }) =>
      `The file ${p.path} is not valid JSON at line ${p.line}, column ${p.column}: ${p.reason}.`,
    remedy: (p: AtPath & { line: number }) =>
      `Mend line ${p.line} of ${p.path}, or restore the file from git.`,
  },
  'files/conflict-markers': {
    message: (p: AtPath & { line: number }) =>
      `The file ${p.path} holds git conflict markers, the first in line ${p.line}.`,
    remedy: (p: AtPath) => `Resolve the merge conflict in ${p.path}: keep one side and remove the markers.`,
  },
  'files/too-large': {
    message: (p: AtPath & { bytes: number; limit: number }) =>
      `The file ${p.path} has ${p.bytes} bytes; files of its kind are read up to ${p.limit} bytes.`,
    remedy: (p: AtPath) => `Check that ${p.path} is what it should be, and remove it if it is not.`,
  },
  'files/disk-full': {
    message: (p: AtPath) => `The file ${p.path} could not be written: the disk is full.`,
    remedy: () => 'Free some space or quota on that disk and run again; the previous file is untouched.',
  },
  'files/unwritable': {
    message: (p: AtPath & { reason: string }) => `The file ${p.path} could not be written: ${p.reason}.`,
    remedy: (p: AtPath) => `Give this user permission to write to the folder of ${p.path}.`,
  },
});
