package app.headlight.engine.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.FloatBuffer;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;

class MatrixTest {

    private final Matrix matrix = Matrix.of(new FMatrixRMaj(2, 3, true, 1, 2, 3, 4, 5, 6));

    @Test
    void readsWhatItWasGiven() {
        assertThat(matrix.rows()).isEqualTo(2);
        assertThat(matrix.columns()).isEqualTo(3);
        assertThat(matrix.get(1, 0)).isEqualTo(4);
        assertThat(matrix.row(1)).containsExactly(4, 5, 6);
        assertThat(matrix.columns(1, 3).toArray()).containsExactly(2, 3, 5, 6);
        assertThat(matrix.transpose().toArray()).containsExactly(1, 4, 2, 5, 3, 6);
        assertThat(matrix.bytes()).isEqualTo(24);
        assertThat(matrix).hasToString("[2, 3]");
    }

    @Test
    void writesItsRowsIntoRoomOfOthers() {
        float[] room = new float[4];
        matrix.copyRow(1, room, 1);
        assertThat(room).containsExactly(0, 4, 5, 6);
        FloatBuffer buffer = FloatBuffer.allocate(3);
        matrix.writeRow(0, 1, buffer);
        matrix.writeRow(1, 2, buffer);
        assertThat(buffer.array()).containsExactly(1, 4, 5);
    }

    @Test
    void staysWhatItIsWhateverIsDoneWithItsCopies() {
        matrix.row(0)[0] = 9;
        matrix.toArray()[0] = 9;
        matrix.copy().set(0, 0, 9);
        assertThat(matrix.toArray()).containsExactly(1, 2, 3, 4, 5, 6);
    }

    @Test
    void saysWhatItsRowsAreLike() {
        assertThat(matrix.rowSums()).containsExactly(6, 15);
        assertThat(matrix.rowNorms()).containsExactly(Math.sqrt(14), Math.sqrt(77));
        assertThat(matrix.largest()).isEqualTo(6);
        assertThat(matrix.largestInRow(1, 2, 1)).containsExactly(new TopK.Entry(1, 5));
        assertThat(matrix.withAboveDiagonal(0).toArray()).containsExactly(1, 0, 0, 4, 5, 0);
    }

    @Test
    void refusesEntriesThatItDoesNotHave() {
        assertThatThrownBy(() -> matrix.get(2, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> matrix.row(2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("rows 2 to 3");
        assertThatThrownBy(() -> matrix.writeRow(0, 4, FloatBuffer.allocate(4)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("columns 0 to 4");
    }
}
