package app.headlight.engine.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import app.headlight.engine.tensor.HalfMatrix.Format;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.CommonOps_FDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class HalfMatrixTest {

    @Test
    void theBitsAreThoseOfTheirStandards() {
        // From the tables of IEEE 754 binary16 and of bfloat16: sign, exponent, fraction.
        assertThat(bits(Format.F16, 1f)).isEqualTo(1f);
        assertThat(bits(Format.F16, 65504f)).isEqualTo(65504f);
        assertThat(bits(Format.F16, 0x1p-24f)).as("the smallest of binary16").isEqualTo(0x1p-24f);
        assertThat(bits(Format.BF16, 3.140625f)).isEqualTo(3.140625f);
        assertThat(bits(Format.BF16, -0x1p-126f)).isEqualTo(-0x1p-126f);
        assertThatThrownBy(() -> bits(Format.F16, 65536f)).hasMessageContainingAll("65536.0", "index 0", "F16");
        assertThatThrownBy(() -> bits(Format.F16, 0.1f)).hasMessageContainingAll("0.1", "F16");
        assertThatThrownBy(() -> bits(Format.BF16, 1.001f)).hasMessageContainingAll("1.001", "BF16");
    }

    private static float bits(Format format, float value) {
        return HalfMatrix.of(format, new FMatrixRMaj(1, 1, true, value))
                .floats()
                .get(0, 0);
    }

    @ParameterizedTest
    @EnumSource
    void whatIsHeldIsWhatWasGivenInHalfTheRoom(Format format) {
        FMatrixRMaj given = rounded(format, 37, 19, 1);
        HalfMatrix held = HalfMatrix.of(format, given);
        assertThat(HalfMatrix.bytes(List.of(held))).isEqualTo(37 * 19 * 2);
        assertThat(HalfMatrix.bytes(List.of(held, held.transposed(), HalfMatrix.of(format, given))))
                .as("a transpose shares it")
                .isEqualTo(2 * 37 * 19 * 2);
        float[] transposed = CommonOps_FDRM.transpose(given, null).data;
        assertThat(held.transposed().floats().data).isEqualTo(transposed);
        assertThat(held.transposed().transposed().floats().data).isEqualTo(given.data);
        float[] column = new float[37];
        held.transposed().copyRow(18, column, 0);
        assertThat(column).isEqualTo(Arrays.copyOfRange(transposed, 18 * 37, 19 * 37));
        assertThat(held.floats().data).isEqualTo(given.data);
        float[] row = new float[20];
        held.copyRow(36, row, 1);
        for (int c = 0; c < 19; c++) {
            assertThat(row[c + 1]).isEqualTo(given.get(36, c));
        }
        assertThat(held.floats()).as("as long as somebody has it").isSameAs(held.floats());
    }

    @ParameterizedTest
    @CsvSource({
        "F16, 1, 7, 5, false",
        "F16, 14, 576, 1536, false",
        "BF16, 3, 600, 1001, false",
        "F16, 2, 3000, 700, true",
        "BF16, 5, 64, 4099, true",
        "F16, 1, 300000, 3, false",
        "F16, 130, 40, 50, true"
    })
    void productsAreThoseOfDoublePrecision(Format format, int m, int k, int n, boolean transposed) {
        FMatrixRMaj a = Matrices.random(m, k, 2);
        FMatrixRMaj b = transposed ? rounded(format, n, k, 3) : rounded(format, k, n, 3);
        FMatrixRMaj before = Matrices.random(m, n, 4);
        for (MatrixProducts products :
                new MatrixProducts[] {new EjmlProducts(), new OpenBlasProducts(), new OpenBlasProducts().onOneThread()
                }) {
            for (float keep : new float[] {0, 1}) {
                Prepared out = products.prepare(before);
                Prepared half = products.prepare(HalfMatrix.of(format, b));
                products.multiply(products.prepare(a), false, half, transposed, keep, out);
                FMatrixRMaj found = out.read();
                Prepared again = products.prepare(before);
                FMatrixRMaj other = CommonOps_FDRM.transpose(b, null);
                Prepared stored = products.prepare(HalfMatrix.of(format, other).transposed());
                products.multiply(products.prepare(a), false, stored, transposed, keep, again);
                assertThat(again.read().data).as("stored as its transpose").containsExactly(found.data, within((float)
                        (2e-5 * Math.sqrt(k) + 1e-5)));
                for (int i = 0; i < m; i += 1 + m / 5) {
                    for (int j = 0; j < n; j += 1 + n / 50) {
                        double sum = keep * before.get(i, j);
                        for (int t = 0; t < k; t++) {
                            sum += (double) a.get(i, t) * (transposed ? b.get(j, t) : b.get(t, j));
                        }
                        assertThat((double) found.get(i, j))
                                .as("%s, keep %s, (%d, %d)", products.name(), keep, i, j)
                                .isCloseTo(sum, within(2e-5 * Math.sqrt(k) + 1e-5));
                    }
                }
            }
        }
    }

    @Test
    void partsOfIt() {
        FMatrixRMaj b = rounded(Format.F16, 20, 30, 5);
        FMatrixRMaj a = Matrices.random(4, 8, 6);
        OpenBlasProducts products = new OpenBlasProducts();
        Prepared part =
                products.prepare(HalfMatrix.of(Format.F16, b)).rows(3, 11).columns(5, 25);
        Prepared whole = products.prepare(b).rows(3, 11).columns(5, 25);
        assertThat(part.read().data).isEqualTo(whole.read().data);
        Prepared ofTranspose = products.prepare(HalfMatrix.of(Format.F16, CommonOps_FDRM.transpose(b, null))
                        .transposed())
                .rows(3, 11)
                .columns(5, 25);
        assertThat(ofTranspose.read().data).isEqualTo(whole.read().data);
        Prepared byTranspose = products.blank(4, 20);
        products.multiply(products.prepare(a), ofTranspose, byTranspose);
        Prepared ofPart = products.blank(4, 20);
        Prepared ofWhole = products.blank(4, 20);
        products.multiply(products.prepare(a), part, ofPart);
        products.multiply(products.prepare(a), whole, ofWhole);
        assertThat(ofPart.read().data).containsExactly(ofWhole.read().data, within(1e-5f));
        assertThat(byTranspose.read().data).containsExactly(ofWhole.read().data, within(1e-5f));
        assertThatThrownBy(() -> part.write(b)).hasMessageContaining("cannot be written to");
        assertThatThrownBy(() -> part.add(whole)).hasMessageContaining("cannot be written to");
        assertThatThrownBy(() -> part.copy(whole)).hasMessageContaining("cannot be written to");
    }

    /** Random numbers of the format. */
    static FMatrixRMaj rounded(Format format, int rows, int columns, long seed) {
        FMatrixRMaj values = Matrices.random(rows, columns, seed);
        for (int i = 0; i < values.data.length; i++) {
            values.data[i] = format == Format.F16
                    ? Float.float16ToFloat(Float.floatToFloat16(values.data[i]))
                    : Float.intBitsToFloat(Float.floatToIntBits(values.data[i]) & 0xFFFF0000);
        }
        return values;
    }
}
