package app.headlight.web.search;

import app.headlight.services.search.SavedTasks;
import app.headlight.services.search.SavedTasks.Saved;
import app.headlight.web.component.Trouble;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** The tasks that are saved for the group: takes one, and saves the one that is shown. */
class TasksForm extends Div {

    private final Select<Saved> saved = new Select<>();
    private final Button delete = new Button("Delete it");
    private final TextField name = new TextField();
    private final Div saving;
    private final Trouble trouble = new Trouble();
    private final transient SavedTasks tasks;
    private transient SearchState shown = SearchState.FIRST;

    TasksForm(SavedTasks tasks, Consumer<UnaryOperator<SearchState>> change) {
        this.tasks = tasks;
        addClassName("hl-row");
        saved.setId("saved-tasks");
        saved.setAriaLabel("Saved tasks");
        saved.setPlaceholder("Saved tasks");
        saved.setItemLabelGenerator(Saved::name);
        saved.addValueChangeListener(event -> {
            if (event.isFromClient() && event.getValue() != null) {
                change.accept(state ->
                        state.withTaskOf(SearchState.at(event.getValue().address())));
            }
        });
        delete.setId("delete-task");
        delete.addThemeVariants(ButtonVariant.LUMO_SMALL, ButtonVariant.LUMO_TERTIARY);
        delete.addClickListener(event -> {
            Saved task = saved.getValue();
            if (task != null && trouble.tried(() -> tasks.delete(task))) {
                show(shown);
            }
        });
        name.setId("task-name");
        name.setAriaLabel("Name of this task");
        name.setPlaceholder("Name of this task");
        name.setMaxLength(60);
        Button save = new Button("Save it for the group", event -> {
            if (trouble.tried(() -> tasks.save(name.getValue(), shown.task().address()))) {
                name.clear();
                show(shown);
            }
        });
        save.setId("save-task");
        save.addThemeVariants(ButtonVariant.LUMO_SMALL);
        saving = new Div(name, save);
        saving.addClassName("hl-row");
        add(saved, delete, saving, trouble);
    }

    /** Offers the tasks; the one whose task is shown is chosen. */
    void show(SearchState state) {
        shown = state;
        List<Saved> all = tasks.all();
        SearchState task = state.task();
        Saved chosen = all.stream()
                .filter(each -> SearchState.at(each.address()).task().equals(task))
                .findFirst()
                .orElse(null);
        saved.setItems(all);
        saved.setValue(chosen);
        saved.setVisible(!all.isEmpty());
        delete.setVisible(chosen != null && tasks.mayDelete(Objects.requireNonNull(chosen)));
        saving.setVisible(tasks.mayWrite() && chosen == null);
        setVisible(saved.isVisible() || saving.isVisible());
    }
}
