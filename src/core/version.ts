/** The version of this package; it stands in every record. */
export const VERSION = '0.1.0';
