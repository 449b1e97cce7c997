package app.headlight.web.search;

import app.headlight.engine.circuits.EdgeTask.Measure;
import app.headlight.services.models.StoredModel;
import app.headlight.services.search.SavedTasks;
import app.headlight.web.component.Segmented;
import app.headlight.web.pairs.PairFields;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.select.Select;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** The bar of the page: the model, and which pairs of sentences circuits are searched for. */
class TaskBar extends Div {

    private static final String FORM = "pairs for circuit search";

    private static final String WORDS =
            "Which edges between the parts of the model carry a behaviour? Of each pair the answer should follow the"
                    + " clean sentence; in the corrupt one something is changed so that it should not. An edge that"
                    + " matters takes the difference away where it reads the corrupt sentence.";

    private final Select<StoredModel> model = new Select<>();
    private final PairFields pairs;
    private final Segmented metric = new Segmented(
            "Metric",
            List.of(
                    new Segmented.Choice(
                            "logit_diff", "logit difference", "The answer's logit minus the wrong token's"),
                    new Segmented.Choice("kl", "KL", "KL(clean ‖ run), of the whole prediction, in nats")));
    private final TasksForm tasks;

    /** @param annotate writes a finding about what the page shows */
    TaskBar(Consumer<UnaryOperator<SearchState>> change, SavedTasks tasks, Component annotate) {
        this.tasks = new TasksForm(tasks, change);
        addClassName("hl-search-bar");
        model.setId("model-picker");
        model.setAriaLabel("Model");
        model.setItemLabelGenerator(StoredModel::name);
        model.addValueChangeListener(event -> {
            if (event.isFromClient() && event.getValue() != null) {
                change.accept(state -> state.withModel(event.getValue().name()));
            }
        });
        pairs = new PairFields(
                FORM,
                "Search with these",
                asked -> change.accept(state -> state.withPairs(asked.apply(state.pairs()))));
        metric.addChoiceListener(event -> change.accept(state ->
                state.withTask(SearchState.METRIC, Measure.valueOf(event.value().toUpperCase(Locale.ROOT)))));
        metric.setId("metric");
        Div row = new Div(model);
        row.addClassName("hl-row");
        row.add(pairs.choices());
        row.add(metric, annotate);
        add(row, this.tasks, new Paragraph(WORDS), pairs.written());
    }

    void show(SearchState state, StoredModel shown, List<StoredModel> models) {
        tasks.show(state);
        model.setItems(models);
        model.setValue(shown);
        pairs.show(state.pairs());
        metric.setValue(state.get(SearchState.METRIC).name().toLowerCase(Locale.ROOT));
    }
}
