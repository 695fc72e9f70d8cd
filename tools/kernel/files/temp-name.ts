/** Every temporary folder of ours begins so: nothing else is ever removed by the guardian. */
export const TEMP_PREFIX = 'nx-assay-';
