package app.headlight.web.explore.attention;

import app.headlight.engine.circuits.Composition;
import app.headlight.engine.circuits.CompositionGraph;
import app.headlight.engine.circuits.CompositionGraph.Edge;
import app.headlight.engine.circuits.StreamWriter;
import app.headlight.engine.circuits.VirtualHead;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.Transformer;
import app.headlight.services.lab.Measurement;
import app.headlight.web.component.OneStop;
import app.headlight.web.component.Term;
import app.headlight.web.explore.shown.Exploration;
import app.headlight.web.explore.shown.StateChange;
import app.headlight.web.page.LongWork;
import app.headlight.web.panels.Panel;
import app.headlight.web.view.CircuitState;
import app.headlight.web.view.ExploreAddress;
import app.headlight.web.view.ReadThrough;
import app.headlight.web.view.ViewState;
import app.headlight.web.words.Figures;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The heads that the shown head composes with, by kind: what its keys, its queries and its values read, or who reads what
 * it writes, furthest above random matrices first. A partner by K or Q opens the part of the scores that comes through
 * the earlier head; one by V the virtual head.
 */
class CompositionPicker extends OneStop implements Panel<Exploration> {

    private static final String NAME = "Compose with another head";

    /** So many partners of a kind are listed. */
    private static final int MOST = 12;

    /** In this order an induction head's partner, which its keys read, stands first. */
    private static final List<Composition> KINDS = List.of(Composition.K, Composition.Q, Composition.V);

    /**
     * A head or two.
     *
     * @param kind how the two compose; null for heads by themselves
     * @param heads the earliest first
     */
    private record Item(@Nullable Composition kind, List<HeadId> heads, String label) {

        static Item alone(List<HeadId> heads) {
            return new Item(
                    null, heads, heads.stream().map(HeadId::toString).collect(Collectors.joining(", ")) + " by itself");
        }

        static Item together(Composition kind, List<HeadId> heads, String figure) {
            return new Item(
                    kind,
                    heads,
                    kind + ": " + heads.stream().map(HeadId::toString).collect(Collectors.joining(" → ")) + figure);
        }

        boolean isSame(@Nullable Item other) {
            return other != null && kind == other.kind && heads.equals(other.heads);
        }

        ViewState in(ViewState state) {
            if (kind == null) {
                return state.withVirtual(List.of());
            }
            if (kind == Composition.V) {
                return state.withVirtual(heads);
            }
            StreamWriter writer = StreamWriter.of(heads.getFirst());
            ReadThrough through = kind == Composition.K ? new ReadThrough(null, writer) : new ReadThrough(writer, null);
            ViewState later = state.withHeads(List.of(heads.getLast()));
            return later.withCircuit(later.circuit().withTab(CircuitState.QK).withThrough(through));
        }
    }

    private final Select<Item> select = new Select<>();
    private final LongWork partners = new LongWork();
    private List<Object> shown = List.of();

    CompositionPicker(StateChange change) {
        super(NAME);
        addClassName("hl-compose");
        select.setId("virtual-head");
        select.setAriaLabel(NAME);
        select.setItemLabelGenerator(Item::label);
        select.addValueChangeListener(event -> {
            if (event.isFromClient() && event.getValue() != null) {
                change.to(event.getValue()::in);
            }
        });
        partners.onCancel(partners::end);
        add(select, Term.mark(NAME), partners);
    }

    @Override
    public void show(Exploration exploration) {
        ViewState state = exploration.state();
        boolean possible =
                exploration.headId().isPresent() && exploration.model().config().nLayers() > 1;
        setVisible(possible);
        List<Object> key = List.of(
                exploration.model().ref(),
                state.heads(),
                state.virtual(),
                state.circuit().through());
        if (!possible || key.equals(shown)) {
            return;
        }
        shown = key;
        list(state, Map.of());
        if (state.virtual().isEmpty()) {
            partners.await(exploration.lab().ask(measured(exploration)), "Heads that compose", found -> {
                Map<String, List<Item>> groups = new LinkedHashMap<>();
                found.forEach((kind, edges) -> groups.put(title(kind, edges.size()), items(kind, edges)));
                list(state, groups);
            });
        } else {
            partners.end();
            list(state, extensions(exploration));
        }
    }

    private void list(ViewState state, Map<String, List<Item>> groups) {
        Item alone = Item.alone(state.heads());
        Item now = now(state, alone);
        List<Item> items = new ArrayList<>(List.of(alone));
        groups.values().forEach(items::addAll);
        Item listed = items.stream().filter(now::isSame).findFirst().orElse(now);
        if (!items.contains(listed)) {
            items.add(1, listed);
        }
        select.setItems(items);
        groups.forEach((title, group) -> {
            if (!group.isEmpty()) {
                Div heading = new Div(title);
                heading.addClassName("hl-compose-kind");
                select.prependComponents(group.getFirst(), heading);
            }
        });
        select.setValue(listed);
    }

    private static Item now(ViewState state, Item alone) {
        ReadThrough through = state.circuit().through();
        HeadId query = through.queryHead();
        HeadId key = through.keyHead();
        if (!state.virtual().isEmpty()) {
            return Item.together(Composition.V, state.virtual(), "");
        }
        if ((query == null) == (key == null)) {
            return alone;
        }
        HeadId reader = state.heads().getFirst();
        return Item.together(
                key == null ? Composition.Q : Composition.K,
                List.of(Objects.requireNonNull(key == null ? query : key), reader),
                "");
    }

    /** In a large model this takes longer than the pictures of the head, which do not wait for it. */
    private static Measurement<Map<Composition, List<Edge>>> measured(Exploration exploration) {
        HeadId head = exploration.headId().orElseThrow();
        Transformer model = exploration.model().transformer();
        return Measurement.slow(exploration.model().ref(), "partners", List.of(head), progress -> {
            Map<Composition, List<Edge>> partners = new LinkedHashMap<>();
            for (Composition kind : KINDS) {
                progress.report(partners.size(), KINDS.size());
                partners.put(kind, CompositionGraph.partners(model, head, kind));
            }
            return Collections.unmodifiableMap(partners);
        });
    }

    private static List<Item> items(Composition kind, List<Edge> edges) {
        return edges.stream()
                .limit(MOST)
                .map(edge -> Item.together(
                        kind,
                        List.of(Objects.requireNonNull(edge.writer()), Objects.requireNonNull(edge.reader())),
                        " · " + Figures.signed(edge.excess(), 3)))
                .toList();
    }

    private static String title(Composition kind, int partners) {
        String what = switch (kind) {
            case Q -> "Q-composition: a query reads what a head wrote";
            case K -> "K-composition: a key reads what a head wrote";
            case V -> "V-composition: what a head wrote is moved on";
        };
        return partners <= MOST ? what : what + " (" + MOST + " of " + partners + ")";
    }

    /** Heads that make a virtual head longer; no random baseline is measured for products of three. */
    private static Map<String, List<Item>> extensions(Exploration exploration) {
        List<HeadId> virtual = exploration.state().virtual();
        List<VirtualHead.Extension> extensions =
                exploration.ofModel("extensions", virtual, model -> VirtualHead.extensions(model, virtual));
        return Map.of(
                ExploreAddress.virtual(virtual) + " and one head more, by V-composition",
                extensions.stream()
                        .limit(MOST)
                        .map(extension -> Item.together(
                                Composition.V, extension.heads(), " · " + Figures.fixed(extension.ratio(), 3)))
                        .toList());
    }
}
