package app.headlight.web.findings;

import app.headlight.services.findings.Version;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Span;
import java.util.List;

/** Every version of a finding, the newest first, each a click away. */
class VersionsPanel extends Div {

    private final Div list = new Div();

    VersionsPanel() {
        addClassName("hl-panel");
        setId("versions");
        list.addClassName("hl-list");
        add(new H2("Versions"), list);
    }

    /** @param open the number of the one that is read */
    void show(long finding, List<Version> versions, int open) {
        list.removeAll();
        for (Version version : versions) {
            boolean newest = version == versions.getFirst();
            String name = "Version " + version.number() + (newest ? ", the present one" : "");
            String href = FindingView.address(finding, newest ? FindingView.VERSION.usual() : version.number());
            Span who = new Span(version.editor().name() + ", " + InWords.time(version.madeAt()));
            who.addClassName("hl-muted");
            Div row = new Div(version.number() == open ? new Span(name) : new Anchor(href, name), who);
            row.addClassNames("hl-list-text", "hl-said");
            list.add(row);
        }
    }
}
