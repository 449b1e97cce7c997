package app.headlight.web.explore;

import app.headlight.web.explore.bar.SentenceBar;
import app.headlight.web.explore.shown.Exploration;
import app.headlight.web.explore.shown.ExploreDesk;
import app.headlight.web.panels.Panel;
import app.headlight.web.view.CircuitState;
import app.headlight.web.view.ExploreAddress;
import app.headlight.web.view.LongAddresses;
import app.headlight.web.view.PatchingAddress;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import java.util.List;

/** Two sentences, or pairs of them, patched into one another: the tab of Explore as a page of its own. */
@Route(PatchingAddress.PATH)
@PageTitle("Headlight · Patching")
@Menu(title = "Patching", order = 1.5)
public class PatchingView extends ExplorationPage {

    private final Anchor inExplore = new Anchor("", "See the first sentence in Explore");

    PatchingView(Explorer explorer, LongAddresses addresses) {
        super(PatchingAddress.PATH, explorer, addresses);
        addClassName("hl-patching-page");
        ExploreDesk desk = new ExploreDesk(this::change, explorer.text(), null, null);
        Panel<Exploration> edits = ExplorePanels.CATALOGUE.make("edits", desk);
        Panel<Exploration> patching = ExplorePanels.CATALOGUE.make(CircuitState.PATCHING, desk);
        inExplore.setId("in-explore");
        Paragraph words = new Paragraph(
                "What in the model carries what one sentence has and another has not? The first sentence stands above, the"
                        + " second below it. ");
        words.add(inExplore);
        Div panel = new Div(words, patching.component());
        panel.addClassName("hl-panel");
        place(new SentenceBar(explorer.models(), this::change), List.of(edits, patching), edits.component(), panel);
    }

    @Override
    void shown(Exploration exploration) {
        inExplore.setHref(ExploreAddress.of(
                exploration.state().withCircuit(exploration.state().circuit().withTab(CircuitState.PATCHING))));
    }
}
