package app.headlight.services.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.headlight.engine.tensor.MatrixProducts;
import app.headlight.engine.transformer.Config;
import app.headlight.engine.transformer.Norm;
import app.headlight.engine.transformer.Positions;
import app.headlight.engine.transformer.RandomModels;
import app.headlight.engine.transformer.Run;
import app.headlight.engine.transformer.Transformer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.FloatPointer;
import org.junit.jupiter.api.Test;

class MemoryTest {

    private static final ModelRef MODEL = new ModelRef("toy", "a hash", -1);

    private final Memory memory = new Memory(1);

    private record Value(ModelRef model, int number) implements Memory.OfModel {

        @Override
        public boolean isOf(ModelRef other) {
            return model.equals(other);
        }
    }

    @Test
    void holdsNoMoreThanItsShareOfTheHeap() {
        long room = Runtime.getRuntime().maxMemory() / 100;
        int each = (int) (room / 10);
        IntStream.range(0, 100).forEach(i -> memory.keep(i, new byte[each]));
        assertThat(memory.bytes()).isBetween(room / 2, room);
        assertThat(IntStream.range(0, 100)
                        .filter(i -> memory.find(i).isPresent())
                        .count())
                .isBetween(5L, 10L);
    }

    @Test
    void withAModelGoesWhatWasComputedOfIt() throws InterruptedException {
        long room = Runtime.getRuntime().maxMemory() / 100;
        Memory small = new Memory(1);
        small.get(MODEL, () -> "weights", weights -> room / 2);
        ModelRef other = new ModelRef("another", "its hash", -1);
        small.keep(new Value(MODEL, 1), "of the model");
        small.keep(new Value(other, 1), "of another");
        for (int i = 0; i < 100; i++) { // asked for more often than the model
            small.get("filling " + i % 2, () -> "filling", made -> room / 2);
            small.bytes();
        }
        assertThat(small.find(MODEL)).isEmpty();
        for (int i = 0; i < 200 && small.find(new Value(MODEL, 1)).isPresent(); i++) {
            Thread.sleep(10); // what goes with a model is dropped on another thread
        }
        assertThat(small.find(new Value(MODEL, 1))).isEmpty();
    }

    @Test
    void countsArraysMapsListsAndNativeMemory() {
        assertThat(HeldBytes.of(new float[1000])).isBetween(4000L, 4100L);
        assertThat(HeldBytes.of(new double[10][100])).isBetween(8000L, 8500L);
        assertThat(HeldBytes.of(List.of(new float[1000], new float[1000]))).isBetween(8000L, 8200L);
        assertThat(HeldBytes.of(new HashMap<>(Map.of("a", new long[1000])))).isBetween(8000L, 8200L);
        try (FloatPointer memory = new FloatPointer(1000)) {
            assertThat(HeldBytes.of(memory)).isBetween(4000L, 4100L);
        }
        float[] shared = new float[1000];
        assertThat(HeldBytes.of(List.of(shared, shared))).as("each object once").isLessThan(4200L);
    }

    /** Another way to the same number: a run's own count. */
    @Test
    void aRunIsCountedAsItCountsItself() {
        Config config = RandomModels.config(3, Positions.STANDARD, Norm.LN_PRE);
        Transformer model = new Transformer(config, RandomModels.weights(config, 1), MatrixProducts.fastest());
        Run run = model.run(new int[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}, List.of());
        assertThat(HeldBytes.of(run)).isBetween(run.bytes(), 4 * run.bytes());
    }

    @Test
    void aShareThatDoesNotFitIsRefusedByNameAndValue() {
        assertThatThrownBy(() -> new Memory(81)).hasMessageContainingAll("headlight.memory-percent", "81", "1 to 80");
        assertThatThrownBy(() -> new Memory(0)).hasMessageContainingAll("headlight.memory-percent", "0", "1 to 80");
    }
}
