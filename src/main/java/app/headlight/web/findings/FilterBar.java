package app.headlight.web.findings;

import app.headlight.services.findings.Author;
import app.headlight.web.component.Forms;
import app.headlight.web.view.Parameter;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The bar of filters: which findings the list shows, and in which order. */
class FilterBar extends Div {

    private final transient FilterChoices choices;
    private final transient Consumer<UnaryOperator<ListAddress>> change;
    private final TextField words = new TextField();
    private final ComboBox<String> model = box("Model", ListAddress.MODEL);
    private final ComboBox<String> head = box("Head", ListAddress.HEAD);
    private final ComboBox<String> kind = box("Kind", ListAddress.KIND);
    private final ComboBox<String> tag = box("Tag", ListAddress.TAG);
    private final ComboBox<Author> author = new ComboBox<>();
    private final Select<ListAddress.Claimed> claims = new Select<>();
    private final Select<ListAddress.Sort> order = new Select<>();

    FilterBar(FilterChoices choices, Consumer<UnaryOperator<ListAddress>> change) {
        this.choices = choices;
        this.change = change;
        addClassName("hl-filters");
        setId("filters");
        words.setPlaceholder("Search titles, texts and tags");
        words.setAriaLabel("Search");
        words.setId("search");
        words.setClearButtonVisible(true);
        words.setValueChangeMode(ValueChangeMode.LAZY);
        Forms.sendsEachKey(words);
        words.addValueChangeListener(event -> {
            if (event.isFromClient()) {
                change.accept(
                        state -> state.with(ListAddress.WORDS, event.getValue().strip()));
            }
        });
        name(author, "Author");
        author.setItemLabelGenerator(Author::name);
        author.addValueChangeListener(event -> {
            if (event.isFromClient()) {
                Author picked = event.getValue();
                change.accept(state -> state.with(
                        ListAddress.AUTHOR, Optional.ofNullable(picked).map(Author::account)));
            }
        });
        claims.setAriaLabel("Claims");
        claims.setId("filter-claims");
        claims.setItems(ListAddress.Claimed.values());
        claims.setItemLabelGenerator(ListAddress.Claimed::label);
        claims.addValueChangeListener(event -> {
            if (event.isFromClient()) {
                change.accept(state -> state.with(ListAddress.CLAIMS, event.getValue()));
            }
        });
        order.setAriaLabel("Order");
        order.setId("order");
        order.setItems(ListAddress.Sort.values());
        order.setItemLabelGenerator(ListAddress.Sort::label);
        order.addValueChangeListener(event -> {
            if (event.isFromClient()) {
                change.accept(state -> state.with(ListAddress.SORT, event.getValue()));
            }
        });
        head.setAllowCustomValue(true);
        Stream.of(model, head, kind, tag, author).forEach(Forms::sendsItself);
        head.addCustomValueSetListener(event -> change.accept(
                state -> state.withText(ListAddress.HEAD, event.getDetail().strip())));
        add(words, model, head, kind, author, tag, claims, order);
    }

    void show(ListAddress state) {
        words.setValue(state.text(ListAddress.WORDS));
        set(model, choices.models(), state.text(ListAddress.MODEL));
        set(head, choices.heads(state.text(ListAddress.MODEL)), state.text(ListAddress.HEAD));
        set(kind, choices.kinds(), state.text(ListAddress.KIND));
        set(tag, choices.tags(), state.text(ListAddress.TAG));
        List<Author> authors = choices.authors();
        author.setItems(authors);
        author.setValue(authors.stream()
                .filter(each -> Objects.toString(each.account()).equals(state.text(ListAddress.AUTHOR)))
                .findFirst()
                .orElse(null));
        claims.setValue(state.claimed());
        order.setValue(state.sort());
    }

    private ComboBox<String> box(String label, Parameter<?> parameter) {
        ComboBox<String> box = new ComboBox<>();
        name(box, label);
        box.addValueChangeListener(event -> {
            if (event.isFromClient()) {
                String value = Objects.requireNonNullElse(event.getValue(), "");
                change.accept(state -> picked(state, parameter, value));
            }
        });
        return box;
    }

    /** Another model has other heads. */
    private static ListAddress picked(ListAddress state, Parameter<?> parameter, String value) {
        ListAddress changed = state.withText(parameter, value);
        return parameter.equals(ListAddress.MODEL) ? changed.with(ListAddress.HEAD, Optional.empty()) : changed;
    }

    private static void name(ComboBox<?> box, String label) {
        box.setPlaceholder(label);
        box.setAriaLabel(label);
        box.setClearButtonVisible(true);
        box.setId("filter-" + label.toLowerCase(java.util.Locale.ROOT));
    }

    private static void set(ComboBox<String> box, List<String> known, String value) {
        List<String> items = new ArrayList<>(known);
        if (!value.isEmpty() && !items.contains(value)) {
            items.add(value);
        }
        box.setItems(items);
        box.setValue(value.isEmpty() ? null : value);
    }
}
