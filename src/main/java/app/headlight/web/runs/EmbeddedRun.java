package app.headlight.web.runs;

import app.headlight.web.panels.EmbeddedPanels;
import app.headlight.web.view.Decoded;
import app.headlight.web.view.EmbedAddress;
import app.headlight.web.view.RunAddress;
import app.headlight.web.view.ViewState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Panels of a run, embedded in another page; without {@code part}, its tokens, heads and attention. */
class EmbeddedRun extends EmbeddedPanels<ShownRun, RunDesk> {

    private static final List<String> USUAL = List.of("tokens", "heads", "attention");

    private final transient RunExplorer explorer;
    private final transient Consumer<String> address;
    private String run = "";
    private ViewState state = ViewState.FIRST;

    /** @param address told where the run's page shows what is shown here, whenever that changes */
    EmbeddedRun(RunExplorer explorer, Consumer<String> address) {
        super(RunPanels.CATALOGUE);
        this.explorer = explorer;
        this.address = address;
    }

    @Override
    protected RunDesk page() {
        return new RunDesk(this::change, null, null);
    }

    @Override
    public void show(Map<String, String> parameters) {
        run = EmbedAddress.RUN.in(parameters, unreadable -> {});
        List<String> said = choose(parameters, USUAL);
        Decoded asked = RunAddress.read(parameters);
        show(new Decoded(
                asked.state(),
                Stream.concat(said.stream(), asked.notices().stream()).toList()));
    }

    private void show(Decoded asked) {
        Optional<ShownRun> found = explorer.open(run, asked);
        if (found.isEmpty()) {
            missing(MissingRun.heading(run), MissingRun.WORDS);
            address.accept(RunAddress.PATH);
            return;
        }
        state = found.get().state();
        begin(Stream.concat(RunWords.warnings(found.get()).stream(), found.get().notices().stream())
                .toList());
        draw(found.get());
        address.accept(RunAddress.of(run, state));
    }

    private void change(UnaryOperator<ViewState> edit, List<String> said) {
        show(new Decoded(edit.apply(state), said));
    }
}
