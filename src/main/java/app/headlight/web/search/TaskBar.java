package app.headlight.web.search;

import app.headlight.engine.circuits.EdgeTask.Measure;
import app.headlight.services.models.StoredModel;
import app.headlight.web.component.Forms;
import app.headlight.web.component.Segmented;
import app.headlight.web.search.SearchState.Task;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextArea;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The bar of the page: the model, and which pairs of sentences circuits are searched for. */
class TaskBar extends Div {

    private static final Map<Task, String> TASKS = Map.of(
            Task.INDUCTION, "a passage said twice",
            Task.TWO_NAMES, "two names",
            Task.OWN, "your own pairs");

    private static final String FORM = "pairs for circuit search";

    private static final String WORDS =
            "Which edges between the parts of the model carry a behaviour? Of each pair the answer"
                    + " should follow the clean sentence; in the corrupt one something is changed so that it should not. An edge that"
                    + " matters takes the difference away where it reads the corrupt sentence.";

    private static final List<Integer> COUNTS = List.of(1, 2, 4, 8, 16, 32);

    private final Select<StoredModel> model = new Select<>();
    private final Select<Task> task = new Select<>();
    private final Select<Integer> count = new Select<>();
    private final Button others = new Button("Other pairs");
    private final Segmented metric = new Segmented(
            "Metric",
            List.of(
                    new Segmented.Choice(
                            "logit_diff", "logit difference", "The answer's logit minus the wrong token's"),
                    new Segmented.Choice("kl", "KL", "KL(clean ‖ run), of the whole prediction, in nats")));
    private final TextArea own = new TextArea();
    private final Button use = new Button("Search with these");
    private final Div written = new Div(own, use);
    private String shownRows = "";

    TaskBar(Consumer<UnaryOperator<SearchState>> change) {
        addClassName("hl-search-bar");
        model.setId("model-picker");
        model.setAriaLabel("Model");
        model.setItemLabelGenerator(StoredModel::name);
        model.addValueChangeListener(event -> {
            if (event.isFromClient() && event.getValue() != null) {
                change.accept(state -> state.withModel(event.getValue().name()));
            }
        });
        task.setId("task");
        task.setAriaLabel("Pairs of sentences");
        task.setItems(Task.values());
        task.setItemLabelGenerator(TASKS::get);
        task.addValueChangeListener(event -> {
            if (event.isFromClient()) {
                change.accept(state -> state.withTask(SearchState.TASK, event.getValue()));
            }
        });
        count.setId("count");
        count.setAriaLabel("Number of pairs");
        count.setItemLabelGenerator(number -> number == 1 ? "1 pair" : number + " pairs");
        count.addValueChangeListener(event -> {
            if (event.isFromClient()) {
                change.accept(state -> state.withTask(SearchState.PAIRS, event.getValue()));
            }
        });
        others.setId("others");
        others.setTooltipText("Other pairs of the same kind, from this model's words");
        others.addThemeVariants(ButtonVariant.LUMO_SMALL);
        others.addClickListener(event ->
                change.accept(state -> state.withTask(SearchState.SEED, state.get(SearchState.SEED) % 9999 + 1)));
        metric.addChoiceListener(event -> change.accept(state ->
                state.withTask(SearchState.METRIC, Measure.valueOf(event.value().toUpperCase(Locale.ROOT)))));
        metric.setId("metric");
        written.addClassName("hl-search-own");
        own.setId("own");
        own.setLabel("A pair a row: clean sentence, corrupt sentence, answer, wrong token");
        own.setPlaceholder(
                "\"When Mary and Tom went out, Tom gave a hat to\",\"When Mary and Tom went out, Mary gave a hat to\",Mary,Tom");
        own.setMaxLength(100_000);
        use.setId("use-own");
        use.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
        use.addClickListener(event -> {
            Forms.forget(FORM);
            change.accept(state -> state.withTask(SearchState.OWN, own.getValue()));
        });
        Forms.name(written, FORM);
        Div row = new Div(model, task, count, others, metric);
        row.addClassName("hl-row");
        add(row, new Paragraph(WORDS), written);
    }

    void show(SearchState state, StoredModel shown, List<StoredModel> models) {
        model.setItems(models);
        model.setValue(shown);
        Task chosen = state.get(SearchState.TASK);
        boolean isOwn = chosen == Task.OWN;
        task.setValue(chosen);
        int pairs = state.get(SearchState.PAIRS);
        count.setItems(Stream.concat(COUNTS.stream(), Stream.of(pairs))
                .distinct()
                .sorted()
                .toList());
        count.setValue(pairs);
        count.setVisible(!isOwn);
        others.setVisible(!isOwn);
        written.setVisible(isOwn);
        String rows = state.get(SearchState.OWN);
        if (!rows.equals(shownRows)) { // otherwise what is being typed stays
            shownRows = rows;
            own.setValue(rows);
        }
        metric.setValue(state.get(SearchState.METRIC).name().toLowerCase(Locale.ROOT));
    }
}
