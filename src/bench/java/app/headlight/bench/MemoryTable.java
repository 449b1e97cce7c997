package app.headlight.bench;

import app.headlight.engine.circuits.CompositionGraph;
import app.headlight.engine.circuits.OvCircuit;
import app.headlight.engine.circuits.QkCircuit;
import app.headlight.engine.circuits.SkipTrigrams;
import app.headlight.engine.circuits.Spectra;
import app.headlight.engine.residual.Neighbours;
import app.headlight.engine.tensor.OpenBlasProducts;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.Progress;
import app.headlight.engine.transformer.Transformer;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.bytedeco.javacpp.Pointer;

/**
 * The memory that circuits of a large vocabulary take beyond the weights, native memory included: the most that was held
 * at once, garbage not counted where the collector has seen it.
 */
public final class MemoryTable {

    private static final long MEGABYTE = 1 << 20;

    private MemoryTable() {}

    public static void main(String[] arguments) throws InterruptedException {
        Transformer model = ModelSize.GPT2_SIZE_T128.model(new OpenBlasProducts());
        HeadId head = new HeadId(1, 3);
        Map<String, Runnable> works = new LinkedHashMap<>();
        works.put("OV circuit, its eigenvalues", () -> OvCircuit.of(model, head).spectrum());
        works.put("its 100 largest entries", () -> OvCircuit.of(model, head).largestEntries(100));
        works.put("QK circuit, its eigenvalues", () -> QkCircuit.of(model, head).spectrum());
        works.put("skip-trigrams, the strongest 40", () -> SkipTrigrams.of(model, head)
                .strongest(40, Progress.UNWATCHED));
        works.put("eigenvalues of all heads", () -> Spectra.of(model));
        works.put("composition of all heads", () -> CompositionGraph.of(model));
        works.put("neighbours of a token", () -> Neighbours.inUnembedding(model, 1000, 10));
        System.out.printf(
                Locale.ROOT,
                "%n%s: memory at the most, beyond the weights%n%n| what | MB |%n| --- | --- |%n",
                "12 × 12 heads, d 768, V 50257");
        works.forEach((name, work) -> System.out.printf(Locale.ROOT, "| %s | %d |%n", name, most(work) / MEGABYTE));
    }

    private static long most(Runnable work) {
        long before = held();
        AtomicLong most = new AtomicLong();
        Thread watching = Thread.ofPlatform().daemon().start(() -> {
            while (!Thread.interrupted()) {
                most.accumulateAndGet(held(), Math::max);
                Thread.onSpinWait();
            }
        });
        work.run();
        watching.interrupt();
        return Math.max(0, most.get() - before);
    }

    private static long held() {
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory() + Pointer.totalBytes();
    }
}
