/** Without accents, and with the letters of ligatures and wide forms apart: what names in files and code are made of. */
export const plainLetters = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '');

export const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** `image`, `upload` become `imageUpload`; the first word, and capitals within the others, stay. */
export const camelCase = ([first = '', ...others]: readonly string[]): string => `${first}${others.map(capital).join('')}`;
