// What only a process that shows metrics loads, with the package that makes them.
export { addBusinessGauges } from './business-figures.ts';
export { Metrics } from './metrics.ts';
export { openOperationsPort } from './operations-port.ts';
export { addQueueGauges } from './queue-gauges.ts';
