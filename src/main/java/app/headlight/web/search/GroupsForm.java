package app.headlight.web.search;

import app.headlight.web.component.Trouble;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextField;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Names groups of heads and MLPs, which the graph draws as one node each, and lets them go again. */
class GroupsForm extends Div {

    private final Div groups = new Div();
    private final TextField nodes = new TextField("Heads or MLPs");
    private final TextField name = new TextField("Their name");
    private final Trouble trouble = new Trouble();
    private final transient Consumer<UnaryOperator<SearchState>> change;

    GroupsForm(Consumer<UnaryOperator<SearchState>> change) {
        this.change = change;
        addClassName("hl-search-groups");
        groups.addClassName("hl-row");
        nodes.setId("group-nodes");
        nodes.setPlaceholder("L0H0, L0H1");
        nodes.setMaxLength(500);
        name.setId("group-name");
        name.setPlaceholder("previous token heads");
        name.setMaxLength(40);
        Button group = new Button("Group", event -> group());
        group.setId("group");
        group.addThemeVariants(ButtonVariant.LUMO_SMALL);
        Div row = new Div(nodes, name, group);
        row.addClassName("hl-row");
        add(groups, row, trouble);
    }

    void show(NodeGroups shown) {
        trouble.setText("");
        groups.removeAll();
        groups.setVisible(!shown.groups().isEmpty());
        for (NodeGroups.Group group : shown.groups()) {
            Button ungroup = new Button(
                    "Ungroup",
                    event -> change.accept(state -> state.with(
                            SearchState.GROUPS, state.get(SearchState.GROUPS).without(group.name()))));
            ungroup.addThemeVariants(ButtonVariant.LUMO_SMALL, ButtonVariant.LUMO_TERTIARY);
            ungroup.setAriaLabel("Ungroup " + group.name());
            Span named = new Span(new Span(group.name() + ": " + String.join(", ", group.nodes())), ungroup);
            named.addClassName("hl-search-group");
            groups.add(named);
        }
    }

    private void group() {
        String named = name.getValue();
        String grouped = nodes.getValue();
        boolean fits = trouble.tried(() -> NodeGroups.NONE.with(named, grouped));
        if (fits) {
            name.clear();
            nodes.clear();
            change.accept(state ->
                    state.with(SearchState.GROUPS, state.get(SearchState.GROUPS).with(named, grouped)));
        }
    }
}
