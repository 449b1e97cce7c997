package app.headlight.web.explore.patching;

import app.headlight.engine.text.Piece;
import app.headlight.web.explore.shown.Exploration;
import com.vaadin.flow.component.html.NativeTable;
import com.vaadin.flow.component.html.NativeTableCell;
import com.vaadin.flow.component.html.NativeTableHeaderCell;
import com.vaadin.flow.component.html.NativeTableRow;
import java.util.List;

/** Two sentences token by token, one under the other; what differs is marked. */
class TokenPairs extends NativeTable {

    TokenPairs() {
        setId("patching-tokens");
        addClassName("hl-token-pairs");
        getElement().setAttribute("aria-label", "The two sentences, token by token");
    }

    void show(Exploration exploration, SentencePair pair) {
        removeAll();
        List<Integer> differing = pair.differing();
        add(
                row("first", exploration.prompt().pieces(), differing),
                row("second", pair.other().pieces(), differing));
    }

    private static NativeTableRow row(String name, List<Piece> pieces, List<Integer> differing) {
        NativeTableHeaderCell header = new NativeTableHeaderCell(name);
        header.getElement().setAttribute("scope", "row");
        NativeTableRow row = new NativeTableRow(header);
        for (int t = 0; t < pieces.size(); t++) {
            NativeTableCell cell = new NativeTableCell(pieces.get(t).marked());
            cell.setClassName("hl-differs", differing.contains(t));
            row.add(cell);
        }
        return row;
    }
}
