export type Family = 4 | 6;

export const familyOf = (address: string): Family => (address.includes(':') ? 6 : 4);

export const wholeLength = (family: Family): number => (family === 4 ? 32 : 128);

export const anyAddress = (family: Family): string => (family === 4 ? '0.0.0.0' : '::');
