export { type Ci, detectCi } from './ci.ts';
export { environmentOf, type RunFacts } from './environment.ts';
export { type MachineClass, type MachineReading, machineClass, readMachine } from './machine.ts';
