package app.headlight.engine.transformer;

import org.ejml.data.FMatrixRMaj;

/** Turns queries and keys by their positions: see {@link Rotary}. */
final class Rotation {

    private final Rotary rotary;
    private final int dHead;
    private final float[] cos; // [n, r/2]
    private final float[] sin;

    Rotation(Rotary rotary, int dHead, int length) {
        this.rotary = rotary;
        this.dHead = dHead;
        int pairs = rotary.dimensions() / 2;
        cos = new float[length * pairs];
        sin = new float[length * pairs];
        for (int i = 0; i < cos.length; i++) {
            double angle = rotary.angle(i / pairs, i % pairs);
            cos[i] = (float) Math.cos(angle);
            sin[i] = (float) Math.sin(angle);
        }
    }

    /**
     * Turns every head of every row in place.
     *
     * @param heads side by side, [n, any·K]
     * @param back the other way, which is also how a derivative passes through
     */
    void turn(FMatrixRMaj heads, boolean back) {
        int half = rotary.dimensions() / 2;
        for (int t = 0; t < heads.numRows; t++) {
            for (int head = t * heads.numCols; head < (t + 1) * heads.numCols; head += dHead) {
                for (int i = 0; i < half; i++) {
                    int a = head + rotary.first(i);
                    int b = head + rotary.second(i);
                    float c = cos[t * half + i];
                    float s = back ? -sin[t * half + i] : sin[t * half + i];
                    float x = heads.data[a];
                    float y = heads.data[b];
                    heads.data[a] = x * c - y * s;
                    heads.data[b] = y * c + x * s;
                }
            }
        }
    }
}
