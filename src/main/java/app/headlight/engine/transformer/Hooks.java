package app.headlight.engine.transformer;

import app.headlight.engine.transformer.Site.Kind;
import org.ejml.data.FMatrixRMaj;

/**
 * What watches a pass and edits its activations (or, of a backward pass, the derivatives). A site that is not wanted
 * costs nothing. Heads may be asked about by several threads at once.
 */
public interface Hooks {

    /** Neither watches nor edits. */
    Hooks NONE = new Hooks() {
        @Override
        public boolean wants(Kind kind, int layer, int head) {
            return false;
        }

        @Override
        public boolean at(Site site, int sequence, FMatrixRMaj values) {
            return false;
        }
    };

    /** @param head −1 for what all heads share, and for q, k, v and z, where they lie side by side */
    boolean wants(Kind kind, int layer, int head);

    /**
     * Called with the values of a site that is wanted.
     *
     * @param values a copy, which may be kept, and changed in place
     * @return whether they were changed
     */
    boolean at(Site site, int sequence, FMatrixRMaj values);
}
