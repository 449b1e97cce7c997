package app.headlight.web.explore.edits;

import app.headlight.engine.transformer.Edit;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.Site;
import app.headlight.engine.transformer.Site.Kind;
import app.headlight.web.component.AttentionView.Cut;
import app.headlight.web.explore.shown.Exploration;
import app.headlight.web.explore.shown.ShownHead;
import app.headlight.web.view.EditState.Shown;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What pictures mark as edited.
 *
 * @param off the heads that write nothing
 * @param changed the other heads of which something is edited
 * @param edits of the run
 */
public record EditMarks(List<String> off, List<String> changed, List<Edit> edits) {

    /** Those of the run that is shown; none of a run without edits. */
    public static EditMarks of(Exploration exploration) {
        if (exploration.isEmpty() || exploration.state().edits().shown() == Shown.WITHOUT) {
            return new EditMarks(List.of(), List.of(), List.of());
        }
        List<Edit> edits = exploration.runsOfSentence().edits().edits();
        Set<HeadId> off = new TreeSet<>();
        Set<HeadId> changed = new TreeSet<>();
        for (Edit edit : edits) {
            Site site = edit.site();
            if (site.kind().isByHead()) {
                HeadId head = new HeadId(site.layer(), site.head());
                boolean all = edit instanceof Edit.Zero && edit.at().positions() == null;
                boolean output = site.kind() == Kind.RESULT || site.kind() == Kind.Z;
                (all && output ? off : changed).add(head);
            } else if (site.kind() == Kind.ATTN_OUT) {
                for (HeadId head : exploration.model().transformer().heads()) {
                    if (head.layer() == site.layer()) {
                        changed.add(head);
                    }
                }
            }
        }
        changed.removeAll(off);
        return new EditMarks(
                off.stream().map(HeadId::toString).toList(),
                changed.stream().map(HeadId::toString).toList(),
                edits);
    }

    /** The cut lines of the heads that are shown. */
    public List<Cut> cuts(List<ShownHead> heads) {
        List<Cut> cuts = new ArrayList<>();
        for (Edit edit : edits) {
            for (ShownHead head : heads) {
                if (edit instanceof Edit.Cut cut
                        && head.name().equals(cut.head().toString())) {
                    cuts.add(new Cut(cut.head().toString(), cut.destination(), cut.source()));
                }
            }
        }
        return cuts;
    }
}
