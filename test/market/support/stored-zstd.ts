const BLOCK = 100_000

/** A zstd frame that stores its content in raw blocks (RFC 8878, 3.1.1): packing needs no library. */
export function storedZstd(content: Buffer): Buffer {
  const head = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x80, 0x58, 0, 0, 0, 0])
  head.writeUInt32LE(content.length, 6)
  const pieces: Buffer[] = [head]
  for (let at = 0; ; at += BLOCK) {
    const piece = content.subarray(at, at + BLOCK)
    const last = at + BLOCK >= content.length
    const block = Buffer.alloc(3)
    block.writeUIntLE((piece.length << 3) | (last ? 1 : 0), 0, 3)
    pieces.push(block, piece)
    if (last) return Buffer.concat(pieces)
  }
}

/** A frame that readers pass over. */
export function skippableZstd(content: Buffer): Buffer {
  const head = Buffer.alloc(8)
  head.writeUInt32LE(0x184d2a50, 0)
  head.writeUInt32LE(content.length, 4)
  return Buffer.concat([head, content])
}
