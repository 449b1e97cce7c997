package app.headlight.web.circuits;

import app.headlight.services.models.OpenModel;
import app.headlight.web.page.LongWork;
import app.headlight.web.panels.EmbeddedPanels;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Panels of circuits, embedded in another page; without {@code part}, the one that shows what the address selects. */
class EmbeddedCircuits extends EmbeddedPanels<Inspection, CircuitsDesk> {

    private final transient Inspector inspector;
    private final transient Consumer<String> address;
    private final LongWork work = new LongWork();
    private transient CircuitsState state = CircuitsState.FIRST;

    /** @param address told where the page of circuits shows what is shown here, whenever that changes */
    EmbeddedCircuits(Inspector inspector, Consumer<String> address) {
        super(CircuitsPanels.CATALOGUE);
        this.inspector = inspector;
        this.address = address;
        addClassName("hl-circuits-page");
        add(work);
    }

    @Override
    protected CircuitsDesk page() {
        return new CircuitsDesk(this::change, inspector, null, null);
    }

    @Override
    public void show(Map<String, String> parameters) {
        CircuitsState asked = CircuitsState.of(parameters);
        List<String> said = new ArrayList<>(asked.query().notices());
        said.addAll(choose(parameters, List.of(selected(asked))));
        show(asked.readable(), said);
    }

    /** The panel of what an address selects. */
    static String selected(CircuitsState asked) {
        if (!asked.get(CircuitsState.EDGE).isEmpty()
                || asked.get(CircuitsState.DRAWN) != CompositionMatrix.Drawn.GRAPH) {
            return "composition";
        }
        if (asked.get(CircuitsState.NEURON) >= 0) {
            return "modular";
        }
        if (asked.token() >= 0 || asked.get(CircuitsState.LIST) != CircuitsState.Listing.USUAL) {
            return "trigrams";
        }
        if (!asked.get(CircuitsState.FIND).isEmpty()) {
            return "bigrams";
        }
        return asked.get(CircuitsState.ON) == CircuitsState.On.NOTHING ? "heads" : "text";
    }

    private void show(CircuitsState asked, List<String> said) {
        Optional<OpenModel> model = inspector.model(asked);
        if (model.isEmpty()) {
            missing(CircuitsState.PATH, asked.get(CircuitsState.MODEL), inspector.models());
            return;
        }
        begin(model.get().stored(), said);
        inspector.check(asked, model.get(), this::notice);
        work.await(
                inspector.circuits(model.get()),
                "Computing the circuits of " + model.get().name(),
                known -> {
                    Inspection inspection = inspector.inspect(model.get(), known, asked, this::notice);
                    state = inspection.state();
                    draw(inspection);
                    address.accept(state.address());
                });
    }

    private void change(UnaryOperator<CircuitsState> edit) {
        show(edit.apply(state.with(CircuitsState.WEIGHTS, "")), List.of());
    }
}
