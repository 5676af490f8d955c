import { CompressionType, compressionRegistry } from 'apache-arrow'
import { decompress as unpackZstd } from 'fzstd'
import { decompressFrameSync as unpackLz4 } from 'lz4-napi'

/**
 * Lets the Arrow library read buffers that are packed: by LZ4, as pandas writes Feather files when nothing else is said, or by
 * zstd. Ours are not packed: their columns are read where they lie.
 */
export function readPackedBuffers(): void {
  // The library lays numbers over the bytes, so they must not begin anywhere in the memory of others.
  compressionRegistry.set(CompressionType.LZ4_FRAME, {
    decode: (bytes) => new Uint8Array(unpackLz4(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)))
  })
  compressionRegistry.set(CompressionType.ZSTD, { decode: (bytes) => new Uint8Array(unpackZstd(bytes)) })
}
