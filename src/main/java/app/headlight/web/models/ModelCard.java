package app.headlight.web.models;

import app.headlight.engine.formats.Folding;
import app.headlight.engine.training.TrainingLog;
import app.headlight.services.models.StoredModel;
import app.headlight.web.component.TrainingCurve;
import app.headlight.web.page.Histories;
import app.headlight.web.page.MarkdownText;
import app.headlight.web.page.ModelWarnings;
import app.headlight.web.view.ExploreAddress;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The card of one stored model. */
class ModelCard extends Div {

    ModelCard(StoredModel model, @Nullable TrainingLog log, OwnModels own) {
        addClassNames("hl-panel", "hl-model-card");
        getElement().setAttribute("data-name", model.name());
        Anchor open = new Anchor(ExploreAddress.of(model.name(), -1), "Open in Explore");
        ModelWarnings warnings = new ModelWarnings();
        warnings.show(model);
        add(warnings);
        if (!model.folding().isEmpty()) {
            add(folding(model));
        }
        if (model.card() == null) {
            Span nothing = new Span(model.name() + " has no card.");
            nothing.addClassName("hl-muted");
            add(nothing);
        } else {
            MarkdownText card = new MarkdownText(model.card());
            card.addClassName("hl-card-text");
            add(card);
        }
        if (log != null) {
            TrainingCurve curve = new TrainingCurve();
            curve.show(Histories.of(model.name(), log, -1));
            long last = log.checkpoints().isEmpty() ? -1 : log.checkpoints().getLast();
            curve.addStepSelectListener(event -> UI.getCurrent()
                    .getPage()
                    .setLocation(ExploreAddress.of(model.name(), event.step() == last ? -1 : event.step())));
            add(curve);
        }
        add(open, own.downloads(model));
        if (own.uploads().mayChange(model)) {
            add(own.controls(model, this));
        }
    }

    private static Paragraph folding(StoredModel model) {
        Paragraph line =
                new Paragraph("Its weights are folded as they are read, so that circuits can be read off them: "
                        + model.folding().stream().map(Folding.Step::label).collect(Collectors.joining(", "))
                        + ". The log-probabilities are those of the file.");
        line.addClassName("hl-muted");
        return line;
    }
}
