package app.headlight.web.explore;

import app.headlight.services.models.Trainings;
import app.headlight.web.explore.bar.SentenceBar;
import app.headlight.web.explore.bar.TrainingPanel;
import app.headlight.web.explore.shown.Annotating;
import app.headlight.web.explore.shown.Exploration;
import app.headlight.web.explore.shown.ExploreDesk;
import app.headlight.web.findings.AnnotatePanel;
import app.headlight.web.findings.HeadBadges;
import app.headlight.web.panels.Panel;
import app.headlight.web.panels.PanelTabs;
import app.headlight.web.view.ExploreAddress;
import app.headlight.web.view.LongAddresses;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.router.RouteAlias;
import java.util.List;

/** The front page: one model on one sentence, with all there is to see of it. */
@Route(ExploreAddress.PATH)
@RouteAlias("")
@PageTitle("Headlight · Explore")
@Menu(title = "Explore", order = 1)
public class ExploreView extends ExplorationPage {

    private final transient Annotating annotating;

    ExploreView(
            Explorer explorer,
            Trainings trainings,
            LongAddresses addresses,
            HeadBadges findings,
            AnnotatePanel annotate) {
        super(ExploreAddress.PATH, explorer, addresses);
        addClassName("hl-explore");
        annotating = new Annotating(annotate, addresses);
        ExploreDesk desk = new ExploreDesk(this::change, explorer.text(), findings, annotating);
        Panel<Exploration> tokens = ExplorePanels.CATALOGUE.make("tokens", desk);
        Panel<Exploration> edits = ExplorePanels.CATALOGUE.make("edits", desk);
        TrainingPanel training = new TrainingPanel(trainings, this::change);
        Panel<Exploration> heads = ExplorePanels.CATALOGUE.make("heads", desk);
        Panel<Exploration> attention = ExplorePanels.CATALOGUE.make("attention", desk);
        Panel<Exploration> inspector = ExplorePanels.CATALOGUE.make("inspector", desk);
        PanelTabs<Exploration, ExploreDesk> circuits = new PanelTabs<>(
                ExplorePanels.TABS,
                desk,
                exploration -> exploration.state().circuit().tab(),
                tab -> change(state -> state.withCircuit(state.circuit().withTab(tab)), List.of()));
        Div middle = new Div(heads.component(), attention.component(), inspector.component());
        middle.addClassName("hl-panels");
        place(
                new SentenceBar(explorer.models(), this::change),
                List.of(tokens, edits, training, heads, attention, inspector, circuits),
                tokens.component(),
                edits.component(),
                training,
                middle,
                circuits,
                annotate);
    }

    @Override
    void shown(Exploration exploration) {
        annotating.show(exploration);
    }
}
