package app.headlight.web.circuits;

import app.headlight.engine.circuits.CompositionGraph;
import app.headlight.engine.circuits.Edge;
import app.headlight.engine.circuits.StreamReader;
import app.headlight.engine.circuits.StreamWriter;
import app.headlight.services.models.OpenModel;
import app.headlight.web.view.PatchingAddress;
import java.util.Optional;

/** From an edge of the composition graph to what patching it does to predictions. */
final class PatchLink {

    private PatchLink() {}

    /** The address; empty for what no reader by itself reads. */
    static Optional<String> of(OpenModel model, CompositionGraph.Edge composed) {
        return edge(composed).map(edge -> PatchingAddress.ofEdge(model.name(), model.step(), edge, model.config()));
    }

    private static Optional<Edge> edge(CompositionGraph.Edge composed) {
        StreamWriter writer = composed.writer() == null ? StreamWriter.EMBEDDING : StreamWriter.of(composed.writer());
        if (composed.reader() == null) {
            return Optional.of(new Edge(writer, StreamReader.LOGITS));
        }
        return composed.kind() == null
                ? Optional.empty()
                : Optional.of(new Edge(
                        writer,
                        StreamReader.of(
                                composed.reader(),
                                StreamReader.Kind.valueOf(composed.kind().name()))));
    }
}
