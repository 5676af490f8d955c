/** The sum of `bytes[from, to)` modulo 256, as CheckSum (10) has it (FIX 4.4 vol. 2, "Checksum calculation"). */
export function checksum(bytes: Uint8Array, from: number, to: number): number {
  let sum = 0
  const fours = to - 3
  let i = from
  for (; i < fours; i += 4) sum += bytes[i] + bytes[i + 1] + bytes[i + 2] + bytes[i + 3]
  for (; i < to; i++) sum += bytes[i]
  return sum & 255
}
