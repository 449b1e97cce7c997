package app.headlight.engine.circuits;

import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.tensor.Matrix;
import app.headlight.engine.transformer.Config;
import app.headlight.engine.transformer.Run;
import app.headlight.engine.transformer.Site;
import app.headlight.engine.transformer.Transformer;
import java.util.ArrayList;
import java.util.List;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.CommonOps_FDRM;

/** One writer of the residual stream as one reader reads it ({@code docs/maths.md}, "Edges and circuits"). */
public record Edge(StreamWriter writer, StreamReader reader) {

    private static final String ARROW = "->";

    /** Every edge of a model: reader by reader in the order of a forward pass, and so the writers of each. */
    public static List<Edge> all(Config config) {
        List<Edge> edges = new ArrayList<>();
        for (StreamReader reader : StreamReader.all(config)) {
            reader.writers(config).forEach(writer -> edges.add(new Edge(writer, reader)));
        }
        return List.copyOf(edges);
    }

    /** @throws Refusal naming what is not an edge of a model of this configuration, such as embed->L0H0.q */
    public static Edge parse(String name, Config config) {
        return parse(name).in(config);
    }

    /** @throws Refusal naming what is not of the form embed->L0H0.q */
    public static Edge parse(String name) {
        int arrow = name.indexOf(ARROW);
        if (arrow < 0) {
            throw new Refusal("“" + name + "” is no edge; expected one such as embed->L0H0.q");
        }
        StreamReader reader = StreamReader.parse(name.substring(arrow + ARROW.length()));
        return new Edge(StreamWriter.parse(name.substring(0, arrow)), reader);
    }

    /**
     * This edge.
     *
     * @throws Refusal if a model of this configuration has no such edge
     */
    public Edge in(Config config) {
        if (!reader.isIn(config) || !reader.writers(config).contains(writer)) {
            throw new Refusal("there is no edge “" + this + "” in this model");
        }
        return this;
    }

    /**
     * The edge from a writer into what reads at a site.
     *
     * @throws Refusal if nothing reads there, or not that writer
     */
    public static Edge into(Site site, String writer, Config config) {
        StreamReader reader = StreamReader.at(site, config);
        StreamWriter named = StreamWriter.parse(writer);
        if (!reader.writers(config).contains(named)) {
            throw new Refusal("“writer” is “" + writer + "”, which " + reader + " does not read");
        }
        return new Edge(named, reader);
    }

    /**
     * The value at the reader's site where it reads the stream of a run with what the writer writes in another.
     *
     * @param run on whose tokens the value is
     * @param other of as many tokens
     * @return as large as the site: [T, K] of a head, else [T, D]
     * @throws Refusal if the runs are of different length
     */
    public Matrix patched(Transformer model, Run run, Run other) {
        PatchingMap.checkLengths(run, other);
        FMatrixRMaj read = reader.stream(run);
        CommonOps_FDRM.addEquals(read, writer.written(other));
        CommonOps_FDRM.subtractEquals(read, writer.written(run));
        return Matrix.of(
                reader.kind().isOfHead() ? model.reading().of(reader.site(model.config()), read, run.length()) : read);
    }

    @Override
    public String toString() {
        return writer.name() + ARROW + reader;
    }
}
