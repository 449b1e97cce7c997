package app.headlight.engine.formats;

import static app.headlight.engine.formats.SafetensorsFile.channel;
import static app.headlight.engine.formats.SafetensorsFile.of;
import static app.headlight.engine.formats.SafetensorsFile.tensor;
import static app.headlight.engine.formats.SafetensorsFile.withLength;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are no good, each refused with the tensor's name and the fault. */
class SafetensorsTest {

    private static final byte[] NOTHING = {};

    @Test
    void refusesAFileWithoutRoomForTheHeadersLength() {
        refuses(
                new byte[7],
                "the file has 7 bytes; a safetensors file begins with 8 bytes that say how long its header is");
        refuses(
                NOTHING,
                "the file has 0 bytes; a safetensors file begins with 8 bytes that say how long its header is");
    }

    @Test
    void refusesAHeaderThatIsCutOff() {
        byte[] whole = of("{" + tensor("a", "F32", "[1]", 0, 4) + "}", 4);
        byte[] cut = Arrays.copyOf(whole, 30);
        refuses(cut, "the header is said to be " + (whole.length - 12) + " bytes long; the file has 30 bytes in all");
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, Long.MIN_VALUE, Long.MAX_VALUE, 3, 1, 0, 100_000_001, 1L << 32 | 2})
    void refusesAHeaderLengthThatCannotBe(long length) {
        refuses(
                withLength(length, "{}".getBytes(StandardCharsets.UTF_8), NOTHING),
                "the header is said to be " + Long.toUnsignedString(length)
                        + " bytes long; the file has 10 bytes in all");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{{", "{\"a\":", "{} {}", "{}x", "nonsense", "{\"a\":{]}", "  "})
    void refusesAHeaderThatIsNotJson(String header) {
        assertThatThrownBy(() -> open(of(header, 0)))
                .isInstanceOf(SafetensorsException.class)
                .hasMessageStartingWith("the header ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "null", "\"text\"", "12"})
    void refusesAHeaderThatIsNotAnObject(String header) {
        refuses(of(header, 0), "the header is not a JSON object");
    }

    @Test
    void refusesAHeaderOfTooManyLevels() {
        assertThatThrownBy(() -> open(of("{\"a\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}", 0)))
                .isInstanceOf(SafetensorsException.class)
                .hasMessageStartingWith("the header ");
    }

    @Test
    void refusesTwoTensorsOfOneName() {
        String twice = "{" + tensor("twin", "F32", "[1]", 0, 4) + "," + tensor("twin", "F32", "[1]", 4, 8) + "}";
        assertThatThrownBy(() -> open(of(twice, 8)))
                .isInstanceOf(SafetensorsException.class)
                .hasMessageContaining("twin")
                .hasMessageContaining("uplicate");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "5", "null", "\"F32\"", "{}"})
    void refusesATensorThatIsNotDescribed(String description) {
        refuses(of("{\"a\":" + description + "}", 0), "tensor “a” is of dtype “”; F64, F32, F16 and BF16 are read");
    }

    @ParameterizedTest
    @ValueSource(strings = {"F4", "f32", "", "C64"})
    void refusesADtypeThatIsNotRead(String dtype) {
        refuses(
                of("{" + tensor("a", dtype, "[1]", 0, 4) + "}", 4),
                "tensor “a” is of dtype “" + dtype + "”; F64, F32, F16 and BF16 are read");
    }

    @ParameterizedTest
    @CsvSource({"I64, 8", "BOOL, 1", "F8_E4M3, 1", "I32, 4"})
    void refusesWeightsOfADtypeThatIsOnlyPassedOver(String dtype, int bytes) throws IOException {
        Safetensors file = open(of("{" + tensor("a", dtype, "[3]", 0, 3L * bytes) + "}", 3 * bytes));
        assertThatThrownBy(() -> file.floats("a"))
                .isInstanceOf(SafetensorsException.class)
                .hasMessage("tensor “a” is of dtype “" + dtype + "”; F64, F32, F16 and BF16 are read");
    }

    @Test
    void refusesATensorWithoutAShape() {
        refuses(of("{\"a\":{\"dtype\":\"F32\",\"data_offsets\":[0,4]}}", 4), "tensor “a” has no shape");
        refuses(of("{" + tensor("a", "F32", "7", 0, 4) + "}", 4), "tensor “a” has no shape");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "1.5", "1.0", "\"1\"", "null", "9223372036854775808", "-9223372036854775809", "1e2"})
    void refusesASizeThatIsNotAWholeNumberFromZero(String size) {
        assertThatThrownBy(() -> open(of("{" + tensor("a", "F32", "[2," + size + "]", 0, 4) + "}", 4)))
                .isInstanceOf(SafetensorsException.class)
                .hasMessageStartingWith("tensor “a” has the size ")
                .hasMessageEndingWith(" in its shape; sizes are whole and not negative");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[4611686018427387904]",
                "[9223372036854775807]",
                "[2147483648,2147483648,2]",
                "[4294967296,4294967296]",
                "[3037000500,3037000500,0]"
            })
    void refusesAShapeOfMoreNumbersThanAnyFileHolds(String shape) {
        refuses(
                of("{" + tensor("a", "F32", shape, 0, 0) + "}", 0),
                "tensor “a” has a shape of more numbers than any file can hold");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[0]", "[0,4,8]", "[0,\"4\"]", "[0,4.0]", "{}", "null", "[]", "4"})
    void refusesOffsetsThatAreNotAPairOfWholeNumbers(String offsets) {
        refuses(
                of("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":" + offsets + "}}", 4),
                "tensor “a” has no data_offsets of the form [begin, end]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[0,9223372036854775808]", "[-99999999999999999999,4]", "[0,9]", "[-4,0]", "[4,0]"})
    void refusesOffsetsThatLieOutsideTheFile(String offsets) {
        assertThatThrownBy(
                        () -> open(of("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":" + offsets + "}}", 8)))
                .isInstanceOf(SafetensorsException.class)
                .hasMessageStartingWith("tensor “a” lies at bytes ")
                .hasMessageEndingWith("; the file holds 8 bytes of tensors");
    }

    @Test
    void refusesATensorThatEndsBeyondTheFile() {
        byte[] whole = of("{" + tensor("a", "F32", "[2]", 0, 8) + "}", 8);
        refuses(
                Arrays.copyOf(whole, whole.length - 1),
                "tensor “a” lies at bytes 0 to 8; the file holds 7 bytes of tensors");
    }

    @Test
    void refusesATensorOfAnotherSizeThanItsShapeAsksFor() {
        refuses(
                of("{" + tensor("a", "F32", "[2,3]", 0, 20) + "}", 24),
                "tensor “a” has 20 bytes; its shape and dtype F32 ask for 24");
        refuses(
                of("{" + tensor("a", "F16", "[2,3]", 0, 24) + "}", 24),
                "tensor “a” has 24 bytes; its shape and dtype F16 ask for 12");
        refuses(
                of("{" + tensor("a", "F64", "[]", 0, 4) + "}", 4),
                "tensor “a” has 4 bytes; its shape and dtype F64 ask for 8");
    }

    @Test
    void refusesTensorsThatOverlap() {
        String touching = tensor("first", "F32", "[2]", 0, 8) + "," + tensor("second", "F32", "[2]", 4, 12);
        refuses(of("{" + touching + "}", 12), "tensor “second” begins at byte 4, inside “first”, which ends at 8");
        String same = tensor("one", "F32", "[1]", 0, 4) + "," + tensor("two", "F32", "[1]", 0, 4);
        refuses(of("{" + same + "}", 4), "tensor “two” begins at byte 0, inside “one”, which ends at 4");
        String within = tensor("inner", "F32", "[1]", 8, 12) + ","
                + tensor("outer", "F32", "[4]", 0, 16) + ","
                + tensor("none", "F32", "[0]", 0, 0);
        refuses(of("{" + within + "}", 16), "tensor “inner” begins at byte 8, inside “outer”, which ends at 16");
    }

    @Test
    void anEmptyTensorInsideAnotherHidesNoOverlap() {
        String three = tensor("all", "F32", "[4]", 0, 16) + ","
                + tensor("none", "F32", "[0]", 4, 4) + ","
                + tensor("last", "F32", "[1]", 12, 16);
        refuses(of("{" + three + "}", 16), "tensor “last” begins at byte 12, inside “all”, which ends at 16");
    }

    @Test
    void refusesToReadATensorThatIsNotThere() throws IOException {
        Safetensors file = open(of("{}", 0));
        assertThat(file.names()).isEmpty();
        assertThat(file.entry("a")).isNull();
        assertThatThrownBy(() -> file.floats("a"))
                .isInstanceOf(SafetensorsException.class)
                .hasMessage("tensor “a” is missing");
    }

    @Test
    void refusesATensorOfMoreNumbersThanAnArrayHolds() throws IOException {
        long bytes = 2L * Integer.MAX_VALUE;
        byte[] begun = of("{" + tensor("a", "F16", "[" + Integer.MAX_VALUE + "]", 0, bytes) + "}", 0);
        Safetensors file = Safetensors.open(SafetensorsFile.claiming(begun, begun.length + bytes));
        assertThatThrownBy(() -> file.floats("a"))
                .isInstanceOf(SafetensorsException.class)
                .hasMessage("tensor “a” holds 2147483647 numbers, too many");
    }

    @Test
    void saysSoWhenTheFileEndsWhileItIsRead() throws IOException {
        byte[] begun = of("{" + tensor("a", "F32", "[4]", 0, 16) + "}", 6);
        Safetensors file = Safetensors.open(SafetensorsFile.claiming(begun, begun.length + 10));
        assertThatThrownBy(() -> file.floats("a"))
                .isInstanceOf(EOFException.class)
                .hasMessage("the file ends at byte " + begun.length + "; 10 more were expected");
    }

    private static Safetensors open(byte[] file) throws IOException {
        return Safetensors.open(channel(file));
    }

    private static void refuses(byte[] file, String message) {
        assertThatThrownBy(() -> open(file))
                .isInstanceOf(SafetensorsException.class)
                .hasMessage(message);
    }
}
