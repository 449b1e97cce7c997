package app.headlight.web.models;

import app.headlight.engine.circuits.CompositionGraph.Edge;
import app.headlight.engine.circuits.HeadLabel.Kind;
import app.headlight.engine.circuits.HeadRoles;
import app.headlight.engine.circuits.HeadRoles.Held;
import app.headlight.engine.training.TrainingLog;
import app.headlight.engine.transformer.HeadId;
import app.headlight.web.component.Term;
import app.headlight.web.models.SeedGroups.Group;
import app.headlight.web.models.SeedGroups.Member;
import app.headlight.web.page.LongWork;
import app.headlight.web.view.ExploreAddress;
import app.headlight.web.view.HeadAddress;
import app.headlight.web.words.Figures;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.NativeTable;
import com.vaadin.flow.component.html.NativeTableHeaderCell;
import com.vaadin.flow.component.html.NativeTableRow;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/** Models of one recipe and several seeds beside each other: which heads take which role, and what is the same in all. */
class SeedsPanel extends Div {

    /** From this score on a training counts as having an induction head. */
    private static final double FORMED = 0.5;

    private final Paragraph same = new Paragraph();
    private final NativeTable table = new NativeTable();
    private final LongWork work = new LongWork();

    SeedsPanel(SeedGroups groups, Group group) {
        addClassNames("hl-panel", "hl-seeds");
        getElement().setAttribute("data-seeds", group.members().getFirst().name());
        table.addClassName("hl-seeds-table");
        Paragraph about = new Paragraph("These " + group.members().size()
                + " models differ in their seed alone. Each cell names the heads that take a role, with their scores on repeated"
                + " random tokens.");
        about.addClassName("hl-muted");
        Div wide = new Div(table);
        wide.addClassName("hl-seeds-wide");
        add(new H2("One recipe, " + group.members().size() + " seeds"), about, work, same, wide);
        work.await(groups.roles(group), "comparing the heads", roles -> show(group, roles));
    }

    private void show(Group group, List<HeadRoles> roles) {
        table.removeAll();
        NativeTableRow heading = table.getHead().addRow();
        heading.add(header("Role", "col"));
        for (Member member : group.members()) {
            NativeTableHeaderCell cell = header("", "col");
            cell.add(
                    new Anchor(ExploreAddress.of(member.name(), -1), member.name()),
                    new Span(" seed " + member.log().recipe().seed()));
            heading.add(cell);
        }
        for (Kind kind : Kind.values()) {
            row(new Term(kind.title(), kind.title()), group, roles, (member, role) -> heads(member, role, kind));
        }
        row(new Term("K-composition", "K-composition"), group, roles, SeedsPanel::composed);
        row(
                new Term("copying", "heads that copy"),
                group,
                roles,
                (member, role) -> new Text(role.copying() + " of " + member.heads()));
        row(
                new Text("loss on other books"),
                group,
                roles,
                (member, role) ->
                        new Text(Figures.fixed(member.log().measures().getLast().unseen(), 3)));
        row(new Text("an induction head from step"), group, roles, (member, role) -> new Text(formed(member.log())));
        same.setText(inWords(roles));
    }

    private static Component heads(Member member, HeadRoles roles, Kind kind) {
        Span cell = new Span();
        for (Held held : Objects.requireNonNull(roles.held().get(kind))) {
            Span one = new Span(page(member, held.head()), new Text(" " + Figures.fixed(held.score(), 2)));
            cell.add(one);
        }
        if (cell.getChildren().findAny().isEmpty()) {
            cell.setText("–");
        }
        return cell;
    }

    private static Component composed(Member member, HeadRoles roles) {
        Edge keys = roles.keys();
        if (keys == null) {
            return new Text("–");
        }
        HeadId earlier = Objects.requireNonNull(keys.writer());
        HeadId later = Objects.requireNonNull(keys.reader());
        return new Span(
                page(member, earlier),
                new Text(" → "),
                page(member, later),
                new Text(" " + Figures.signed(keys.excess(), 3)));
    }

    private static Anchor page(Member member, HeadId head) {
        return new Anchor(HeadAddress.of(member.name(), head), head.toString());
    }

    private static String formed(TrainingLog log) {
        OptionalLong step = log.measures().stream()
                .filter(measure -> measure.induction() >= FORMED)
                .mapToLong(TrainingLog.Measure::step)
                .findFirst();
        return step.isEmpty() ? "never" : String.format(Locale.ROOT, "%,d", step.getAsLong());
    }

    /** Which roles all have, which only some have, and whether the same heads take them. */
    private static String inWords(List<HeadRoles> roles) {
        StringBuilder words = new StringBuilder();
        for (Kind kind : Kind.values()) {
            long having = roles.stream()
                    .filter(each ->
                            !Objects.requireNonNull(each.held().get(kind)).isEmpty())
                    .count();
            if (having == 0) {
                continue;
            }
            String best = roles.stream()
                    .map(each -> Objects.requireNonNull(each.held().get(kind)).stream()
                            .findFirst())
                    .flatMap(Optional::stream)
                    .map(held -> held.head().toString())
                    .distinct()
                    .collect(Collectors.joining(", "));
            words.append(String.format(
                    Locale.ROOT,
                    "%s: in %s, by %s. ",
                    Character.toUpperCase(kind.title().charAt(0)) + kind.title().substring(1),
                    having == roles.size() ? "all" : having + " of " + roles.size(),
                    best));
        }
        return words.toString().strip();
    }

    private void row(
            Component role, Group group, List<HeadRoles> roles, BiFunction<Member, HeadRoles, Component> cell) {
        NativeTableRow row = table.getBody().addRow();
        NativeTableHeaderCell name = header("", "row");
        name.add(role);
        row.add(name);
        for (int i = 0; i < group.members().size(); i++) {
            row.addDataCell().add(cell.apply(group.members().get(i), roles.get(i)));
        }
    }

    private static NativeTableHeaderCell header(String text, String scope) {
        NativeTableHeaderCell cell = new NativeTableHeaderCell(text);
        cell.getElement().setAttribute("scope", scope);
        return cell;
    }
}
