package app.headlight.web.explore.stream;

import app.headlight.web.component.Segmented;
import app.headlight.web.explore.shown.Choice;
import app.headlight.web.explore.shown.Exploration;
import app.headlight.web.explore.shown.StateChange;
import app.headlight.web.explore.shown.TabContent;
import app.headlight.web.panels.Panel;
import app.headlight.web.view.StreamState.Picture;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/** The residual stream: the tokens' ways through it, who writes where another reads, and which heads delete. */
public class StreamTab extends TabContent {

    private final StateChange change;
    private final Segmented picker;
    private final Div shown;
    private final Map<Picture, Panel<Exploration>> made = new EnumMap<>(Picture.class);

    public StreamTab(StateChange change) {
        this(
                change,
                new Segmented(
                        "Picture of the residual stream",
                        Arrays.stream(Picture.values())
                                .map(picture ->
                                        new Segmented.Choice(Choice.name(picture), label(picture), title(picture)))
                                .toList()),
                new Div());
    }

    private StreamTab(StateChange change, Segmented picker, Div shown) {
        super("hl-tab-picked", picker, shown);
        this.change = change;
        this.picker = picker;
        this.shown = shown;
        picker.setId("stream-picture");
        picker.addChoiceListener(event -> change.to(
                state -> state.withStream(state.stream().withPicture(Choice.of(Picture.class, event.value())))));
    }

    @Override
    protected void draw(Exploration exploration) {
        Picture picture = exploration.state().stream().picture();
        picker.setValue(Choice.name(picture));
        Panel<Exploration> panel = made.computeIfAbsent(picture, this::make);
        Component component = (Component) panel;
        if (component.getParent().isEmpty()) {
            shown.removeAll();
            shown.add(component);
        }
        panel.show(exploration);
    }

    private Panel<Exploration> make(Picture picture) {
        return switch (picture) {
            case PATHS -> new StreamPaths(change);
            case BANDWIDTH -> new BandwidthPictures();
            case DELETION -> new DeletionPictures(change);
        };
    }

    private static String label(Picture picture) {
        return switch (picture) {
            case PATHS -> "paths, lens, norms";
            case BANDWIDTH -> "bandwidth";
            case DELETION -> "deletion";
        };
    }

    private static String title(Picture picture) {
        return switch (picture) {
            case PATHS -> "The path of each token through the layers, and what it would predict there";
            case BANDWIDTH -> "How much of what each part writes lies where each later part reads";
            case DELETION -> "Which heads and MLPs write the opposite of what is there already";
        };
    }
}
