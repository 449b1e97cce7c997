package app.headlight.web.explore.patching;

import app.headlight.services.models.OpenModel;
import app.headlight.services.search.KnownTemplates;
import app.headlight.services.search.KnownTemplates.Known;
import app.headlight.services.search.ReadyPair;
import app.headlight.services.search.ReadyPair.Template;
import app.headlight.web.explore.shown.Choice;
import app.headlight.web.explore.shown.Exploration;
import app.headlight.web.pairs.PairKinds;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Makes pairs of sentences from the words of a model, another with each press, of the kinds that the model knows. */
class ReadyPairs extends Div {

    private static final String OFFER = "Or a pair made of this model's words:";

    private final Span words = new Span(OFFER);
    private final Paragraph missing = new Paragraph();
    private final Map<Template, Button> buttons = new EnumMap<>(Template.class);
    private final transient Consumer<ReadyPair> made;
    private transient @Nullable OpenModel model;

    /** @param made told each pair */
    ReadyPairs(Consumer<ReadyPair> made) {
        this.made = made;
        addClassName("hl-ready");
        missing.setId("ready-missing");
        add(words);
        for (Template template : Template.values()) {
            Button button = new Button(PairKinds.label(template), event -> make(template));
            button.setId("ready-" + Choice.name(template));
            button.setTooltipText(PairKinds.meaning(template));
            button.addThemeVariants(ButtonVariant.LUMO_SMALL);
            buttons.put(template, button);
            add(button);
        }
        add(missing);
    }

    /** Makes them for a model: those that it knows, once that is measured. */
    void of(Exploration exploration) {
        if (exploration.model().equals(model)) {
            return;
        }
        OpenModel asked = exploration.model();
        model = asked;
        offer(Map.of());
        CompletableFuture<Map<Template, Known>> known = exploration
                .lab()
                .ask(new KnownTemplates(exploration.lab()).of(asked))
                .result();
        if (known.isDone()) {
            known.thenAccept(this::offer);
            return;
        }
        UI ui = UI.getCurrent();
        known.thenAccept(found -> ui.access(() -> {
            if (asked.equals(model)) {
                offer(found);
            }
        }));
    }

    private void offer(Map<Template, Known> known) {
        List<String> why = new ArrayList<>();
        buttons.forEach((template, button) -> {
            Known found = known.get(template);
            button.setVisible(found != null && found.isOffered());
            if (found != null && !found.isOffered()) {
                why.add(PairKinds.notOffered(template, found));
            }
        });
        words.setText(
                known.isEmpty() ? "Looking which pairs this model knows…" : why.size() == known.size() ? "" : OFFER);
        missing.setText(why.isEmpty() ? "" : "Not offered: " + String.join("; ", why) + ".");
        missing.setVisible(!why.isEmpty());
    }

    private void make(Template template) {
        if (model != null) {
            ReadyPair.of(model, template, ThreadLocalRandom.current().nextLong())
                    .ifPresent(made);
        }
    }
}
