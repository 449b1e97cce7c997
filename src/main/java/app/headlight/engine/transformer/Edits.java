package app.headlight.engine.transformer;

import java.util.List;
import org.ejml.data.FMatrixRMaj;

/** Applies interventions at their sites. */
final class Edits {

    private Edits() {}

    /** @throws IllegalArgumentException if an intervention names a head that the model does not have */
    static void check(List<Intervention> interventions, Config config) {
        for (Intervention intervention : interventions) {
            intervention.head().check(config);
        }
    }

    static void cut(List<Intervention> interventions, HeadId head, FMatrixRMaj pattern) {
        for (Intervention intervention : interventions) {
            if (intervention instanceof Intervention.CutAttention cut
                    && cut.head().equals(head)
                    && cut.destination() < pattern.numRows
                    && cut.source() < pattern.numCols) {
                pattern.set(cut.destination(), cut.source(), 0);
            }
        }
    }

    static void zero(List<Intervention> interventions, HeadId head, FMatrixRMaj result) {
        if (interventions.contains(new Intervention.ZeroHead(head))) {
            result.zero();
        }
    }
}
