package app.headlight.engine.transformer;

import app.headlight.engine.tensor.MatrixProducts;
import app.headlight.engine.tensor.Prepared;
import app.headlight.engine.transformer.Site.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.ejml.data.FMatrixRMaj;

/** The sizes of a pass, and the memory of its parts. S sequences of n positions lie one below the other, [S·n, any]. */
final class PassShape implements AutoCloseable {

    private static final int ROOMS = 4;

    private final Config config;
    private final int sequences;
    private final int length;
    private final MatrixProducts products;
    private final boolean parallel;
    private final List<Prepared> owned = new ArrayList<>();
    private final FMatrixRMaj[] rooms = new FMatrixRMaj[ROOMS];
    private final Queue<FMatrixRMaj> squares = new ConcurrentLinkedQueue<>();
    private final Prepared ones; // [S·n, 1]
    private double[] exponentials = new double[0];

    /** @param parallel whether heads and rows are divided among threads */
    PassShape(Config config, int sequences, int length, MatrixProducts products, boolean parallel) {
        if (sequences < 1 || length < 1 || length > config.nCtx()) {
            throw new IllegalArgumentException(sequences + " sequences of " + length + " positions; expected at least 1"
                    + " of each, and at most " + config.nCtx() + " positions");
        }
        this.config = config;
        this.sequences = sequences;
        this.length = length;
        this.products = products;
        this.parallel = parallel;
        FMatrixRMaj one = new FMatrixRMaj(sequences * length, 1);
        one.fill(1);
        ones = products.prepare(one);
        owned.add(ones);
    }

    Config config() {
        return config;
    }

    int sequences() {
        return sequences;
    }

    int length() {
        return length;
    }

    MatrixProducts products() {
        return products;
    }

    /** Memory for a matrix, freed when the pass is closed. */
    Prepared blank(int rows, int columns) {
        Prepared blank = products.blank(rows, columns);
        owned.add(blank);
        return blank;
    }

    /** Memory for a matrix [S·n, columns]. */
    Prepared stacked(int columns) {
        return blank(sequences * length, columns);
    }

    /** The rows of one sequence in a matrix [S·n, any]. */
    Prepared of(Prepared stacked, int sequence) {
        return stacked.rows(sequence * length, (sequence + 1) * length);
    }

    /** The part of each sequence and head in a matrix [S·n, H·K], [n, K] each; sequence by sequence. */
    Prepared[] byHead(Prepared stacked) {
        int heads = config.nHeads();
        Prepared[] parts = new Prepared[sequences * heads];
        for (int i = 0; i < parts.length; i++) {
            int head = i % heads;
            parts[i] = of(stacked, i / heads).columns(head * config.dHead(), (head + 1) * config.dHead());
        }
        return parts;
    }

    /** The part of each sequence and head in a matrix [S·H·n, any], where they lie one below the other. */
    Prepared[] stackedByHead(Prepared stacked) {
        Prepared[] parts = new Prepared[sequences * config.nHeads()];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = stacked.rows(i * length, (i + 1) * length);
        }
        return parts;
    }

    /** Adds a bias, [1, columns], to each row of a matrix [n, columns] or [S·n, columns]. */
    void addToRows(Prepared bias, Prepared rows) {
        products.multiply(ones.rows(0, rows.rows()), false, bias, false, 1, rows);
    }

    /** Adds a bias of the model to each row of a matrix [S·n, columns], if the model has it. */
    void addBias(PreparedWeights weights, String name, Prepared rows) {
        Prepared bias = weights.bias(name);
        if (bias != null) {
            addToRows(bias, rows);
        }
    }

    /** The sum of the rows, [1, columns]: the gradient of a bias. */
    void sumOfRows(Prepared rows, float keep, Prepared sum) {
        products.multiply(ones.rows(0, rows.rows()), true, rows, false, keep, sum);
    }

    /** Does something for each sequence and head: sequence · H + head. */
    void forHeads(IntConsumer work) {
        forEach(sequences * config.nHeads(), work);
    }

    /** Does something for each of some rows. */
    void forRows(int rows, IntConsumer work) {
        forEach(rows, work);
    }

    private void forEach(int count, IntConsumer work) {
        if (parallel) {
            IntStream.range(0, count).parallel().forEach(work);
        } else {
            for (int i = 0; i < count; i++) {
                work.accept(i);
            }
        }
    }

    /**
     * A matrix for a moment: a new one where threads share the work, otherwise the same each time, whose array may be
     * longer than its shape.
     *
     * @param which 0 to 3: different ones may be used together
     */
    FMatrixRMaj room(int which, int rows, int columns) {
        if (parallel) {
            return new FMatrixRMaj(rows, columns);
        }
        if (rooms[which] == null) {
            rooms[which] = new FMatrixRMaj(rows, columns);
        }
        rooms[which].reshape(rows, columns);
        return rooms[which];
    }

    /**
     * A square [n, n] for the work on a head, whose values are undefined; to be given back. Several threads work on heads,
     * and one that waits within its work may begin the next head.
     */
    FMatrixRMaj square() {
        FMatrixRMaj free = squares.poll();
        return free == null ? new FMatrixRMaj(length, length) : free;
    }

    void giveBack(FMatrixRMaj square) {
        squares.add(square);
    }

    /** Room for the exponentials of a row, for a moment. */
    double[] exponentials(int columns) {
        if (parallel) {
            return new double[columns];
        }
        if (exponentials.length < columns) {
            exponentials = new double[columns];
        }
        return exponentials;
    }

    /** Shows a matrix [S·n, columns] to hooks, sequence by sequence, and takes over what they change. */
    void visit(Hooks hooks, Kind kind, int layer, Prepared stacked) {
        if (hooks.wants(kind, layer, -1)) {
            for (int s = 0; s < sequences; s++) {
                Prepared rows = of(stacked, s);
                FMatrixRMaj values = rows.read();
                if (hooks.at(new Site(kind, layer, -1), s, values)) {
                    rows.write(values);
                }
            }
        }
    }

    @Override
    public void close() {
        owned.forEach(Prepared::close);
    }
}
