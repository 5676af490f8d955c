/** What a TCA report may be written as. */
export const TCA_FORMATS = ['text', 'json', 'csv', 'html'] as const

export type TcaFormat = (typeof TCA_FORMATS)[number]
