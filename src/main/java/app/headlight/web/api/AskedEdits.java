package app.headlight.web.api;

import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.transformer.Edit;
import app.headlight.services.lab.Laboratory;
import app.headlight.services.models.OpenModel;
import java.util.ArrayList;
import java.util.List;

/**
 * The edits that a request asks for, checked against the model and the sentence; what is wrong is refused by the number
 * of the edit.
 *
 * @param named as they were asked for, with TransformerLens's names of the sites
 */
record AskedEdits(List<Edit> edits, List<EditRequest> named) {

    AskedEdits {
        edits = List.copyOf(edits);
        named = List.copyOf(named);
    }

    /** @throws Problem naming an edit that cannot be made, or two that change the same entry */
    static AskedEdits of(Laboratory lab, OpenModel model, int[] tokens, List<EditRequest> asked) {
        List<Edit> edits = new ArrayList<>();
        List<Integer> from = new ArrayList<>(); // the number of the request of each edit
        List<EditRequest> named = new ArrayList<>();
        for (int i = 0; i < asked.size(); i++) {
            List<Edit> of;
            try {
                of = new AskedEdit(lab, model, tokens, asked.get(i)).edits();
            } catch (Refusal | Problem refused) {
                String why =
                        refused instanceof Problem problem ? problem.getBody().getDetail() : refused.getMessage();
                throw bad("edits[" + i + "]: " + why);
            }
            for (Edit edit : of) {
                for (int earlier = 0; earlier < edits.size(); earlier++) {
                    if (edits.get(earlier).overlaps(edit)) {
                        throw bad("edits[" + i + "]: it changes what edits[" + from.get(earlier) + "] changes, "
                                + edit.site());
                    }
                }
            }
            of.forEach(edit -> from.add(named.size()));
            edits.addAll(of);
            named.add(asked.get(i).named(of.getFirst().site().hook()));
        }
        return new AskedEdits(edits, named);
    }

    private static Problem bad(String detail) {
        return Problem.bad("Cannot be run", detail);
    }
}
