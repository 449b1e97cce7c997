package app.headlight.engine.formats;

import static app.headlight.engine.formats.SafetensorsFile.channel;
import static app.headlight.engine.formats.SafetensorsFile.little;
import static app.headlight.engine.formats.SafetensorsFile.of;
import static app.headlight.engine.formats.SafetensorsFile.tensor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each kind of number, value by value; what is not a number; what is written and read again. */
class SafetensorsNumbersTest {

    /** IEEE 754-2008, binary16: sign, five bits of exponent, ten of fraction. */
    @Test
    void everyFiniteF16IsReadExactly() throws IOException {
        everyFiniteNumberIsReadExactly("F16", 10, 15);
    }

    /** bfloat16, the upper half of a float32: sign, eight bits of exponent, seven of fraction. */
    @Test
    void everyFiniteBf16IsReadExactly() throws IOException {
        everyFiniteNumberIsReadExactly("BF16", 7, 127);
    }

    private static void everyFiniteNumberIsReadExactly(String dtype, int fractionBits, int bias) throws IOException {
        int one = 1 << fractionBits;
        int exponents = 1 << 15 - fractionBits;
        int[] finite = IntStream.range(0, 1 << 16)
                .filter(bits -> (bits >> fractionBits) % exponents != exponents - 1)
                .toArray();
        ByteBuffer data = little(2 * finite.length);
        for (int bits : finite) {
            data.putShort((short) bits);
        }
        float[] read = read(dtype, data);
        assertThat(read).hasSize(finite.length);
        for (int i = 0; i < read.length; i++) {
            int exponent = (finite[i] >> fractionBits) % exponents;
            int fraction = finite[i] % one;
            double magnitude = exponent == 0
                    ? fraction * Math.pow(2, 1 - bias - fractionBits)
                    : (one + fraction) * Math.pow(2, exponent - bias - fractionBits);
            float expected = (float) (finite[i] >> 15 == 0 ? magnitude : -magnitude);
            assertThat(read[i]).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -0.0, 1, -2.5, 0.1, 1e-30, 1e-46, 3.4e38, -3.4e38, 16777217, Double.MIN_VALUE})
    void anF64IsRoundedToTheNearestFloat(double value) throws IOException {
        assertThat(read("F64", little(8).putDouble(value))).containsExactly((float) value);
    }

    @ParameterizedTest
    @ValueSource(floats = {0, -0f, 1, -2.5f, 0.1f, Float.MIN_VALUE, Float.MAX_VALUE, -Float.MAX_VALUE})
    void anF32IsReadAsItIs(float value) throws IOException {
        assertThat(Float.floatToRawIntBits(read("F32", little(4).putFloat(value))[0]))
                .isEqualTo(Float.floatToRawIntBits(value));
    }

    @ParameterizedTest
    @CsvSource({
        "F32, 7fc00000, NaN",
        "F32, 7f800000, Infinity",
        "F32, ff800000, -Infinity",
        "F32, ffc00001, NaN",
        "F16, 7c00, Infinity",
        "F16, fc00, -Infinity",
        "F16, 7e01, NaN",
        "BF16, 7f80, Infinity",
        "BF16, ff80, -Infinity",
        "BF16, 7fc1, NaN",
        "F64, 7ff8000000000000, NaN",
        "F64, fff0000000000000, -Infinity",
        "F64, 7fe0000000000000, Infinity"
    })
    void refusesANumberThatIsNotAFiniteFloat(String dtype, String bits, String shown) throws IOException {
        int size = bits.length() / 2;
        byte[] data = new byte[3 * size];
        long value = Long.parseUnsignedLong(bits, 16);
        for (int i = 0; i < size; i++) {
            data[2 * size + i] = (byte) (value >> 8 * i);
        }
        Safetensors file = Safetensors.open(
                channel(of("{" + tensor("blocks.0.attn.W_Q", dtype, "[3]", 0, data.length) + "}", data)));
        assertThatThrownBy(() -> file.floats("blocks.0.attn.W_Q"))
                .isInstanceOf(SafetensorsException.class)
                .hasMessage("tensor “blocks.0.attn.W_Q” holds " + shown
                        + " at index 2; weights must be finite float32 numbers");
    }

    @Test
    void tensorsAreReadFromTheirOwnPlaces() throws IOException {
        // Out of order, with a hole between, a scalar, an empty one, and metadata beside them.
        String header = "{\"__metadata__\":{\"format\":\"pt\"}," + tensor("late", "F32", "[1,2]", 16, 24) + ","
                + tensor("early", "F16", "[2]", 0, 4) + "," + tensor("scalar", "F64", "[]", 8, 16) + ","
                + tensor("empty", "BF16", "[3,0]", 4, 4) + "}   ";
        ByteBuffer data =
                little(24).putShort((short) 0x3c00).putShort((short) 0xc000).putInt(-1);
        data.putDouble(0.25).putFloat(7).putFloat(8);
        Safetensors file = Safetensors.open(channel(of(header, data.array())));
        assertThat(file.names()).containsExactly("late", "early", "scalar", "empty");
        assertThat(file.floats("late")).containsExactly(7, 8);
        assertThat(file.floats("early")).containsExactly(1, -2);
        assertThat(file.floats("scalar")).containsExactly(0.25f);
        assertThat(file.floats("empty")).isEmpty();
        assertThat(file.entry("late").shapeText()).isEqualTo("[1, 2]");
        assertThat(file.entry("scalar").count()).isEqualTo(1);
    }

    @Test
    void aChannelMayHandOutItsBytesInSmallPieces() throws IOException {
        float[] values = gaussian(1000);
        byte[] bytes = new SafetensorsWriter().add("a", values, 10, 100).bytes();
        assertThat(Safetensors.open(SafetensorsFile.dripping(bytes, 7)).floats("a"))
                .isEqualTo(values);
    }

    @Test
    void aTensorOfManyChunksIsReadWhole() throws IOException {
        float[] values = gaussian(700_001); // 2.8 MB, read by the megabyte
        byte[] bytes = new SafetensorsWriter().add("a", values, 700_001).bytes();
        assertThat(Safetensors.open(channel(bytes)).floats("a")).isEqualTo(values);
    }

    @Test
    void whatIsWrittenIsReadAgain() throws IOException {
        float[] matrix = gaussian(12);
        byte[] bytes = new SafetensorsWriter()
                .add("matrix", matrix, 3, 4)
                .add("na\"me\\ é", new float[] {-0f, Float.MIN_VALUE}, 2)
                .add("scalar", new float[] {5})
                .bytes();
        Safetensors file = Safetensors.open(channel(bytes));
        assertThat(file.names()).containsExactly("matrix", "na\"me\\ é", "scalar");
        assertThat(file.floats("matrix")).isEqualTo(matrix);
        assertThat(file.entry("matrix").shape()).containsExactly(3, 4);
        assertThat(file.floats("na\"me\\ é")).containsExactly(-0f, Float.MIN_VALUE);
        assertThat(file.floats("scalar")).containsExactly(5);
        assertThat((8 + ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong()) % 8)
                .isZero();
    }

    @Test
    void refusesToWriteAShapeThatDoesNotFitOrANameTwice() {
        SafetensorsWriter writer = new SafetensorsWriter().add("a", new float[6], 2, 3);
        assertThatThrownBy(() -> writer.add("b", new float[5], 2, 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("tensor “b” has 5 values; the shape [2, 3] asks for 6");
        assertThatThrownBy(() -> writer.add("a", new float[1], 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("tensor “a” was added before");
    }

    @Test
    void aRefusedTensorLeavesNoTraceInTheFile() throws IOException {
        SafetensorsWriter writer = new SafetensorsWriter().add("a", new float[] {1, 2}, 2);
        assertThatThrownBy(() -> writer.add("a", new float[] {9}, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> writer.add("b", new float[] {9}, 2)).isInstanceOf(IllegalArgumentException.class);
        Safetensors file = Safetensors.open(channel(writer.bytes()));
        assertThat(file.names()).containsExactly("a");
        assertThat(file.floats("a")).containsExactly(1, 2);
    }

    private static float[] read(String dtype, ByteBuffer bytes) throws IOException {
        byte[] data = bytes.array();
        int count = data.length / TensorEntry.Dtype.valueOf(dtype).bytes;
        return Safetensors.open(channel(of("{" + tensor("a", dtype, "[" + count + "]", 0, data.length) + "}", data)))
                .floats("a");
    }

    private static float[] gaussian(int count) {
        Random random = new Random(count);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
