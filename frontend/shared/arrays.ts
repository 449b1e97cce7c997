/** Decodes the base64 of little-endian float32 values, the form in which the server sends every array. */
export function floats(base64: string): Float32Array {
  return new Float32Array(bytes(base64).buffer);
}

/** Decodes base64 into its bytes. */
export function bytes(base64: string): Uint8Array {
  const binary = atob(base64);
  const out = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) out[i] = binary.charCodeAt(i);
  return out;
}
