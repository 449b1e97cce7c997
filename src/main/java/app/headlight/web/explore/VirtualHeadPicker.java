package app.headlight.web.explore;

import app.headlight.circuits.VirtualHead;
import app.headlight.transformer.HeadId;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Puts the shown head together with one head more, before or behind it, the strongest V-composition first. */
class VirtualHeadPicker extends Div implements Panel {

    /**
     * A head or a virtual head.
     *
     * @param heads the earliest first
     * @param virtual empty for a head by itself
     */
    private record Item(List<HeadId> heads, List<HeadId> virtual, String label) {

        static Item alone(List<HeadId> heads) {
            return new Item(
                    heads,
                    List.of(),
                    heads.stream().map(HeadId::toString).collect(Collectors.joining(", ")) + " by itself");
        }

        static Item together(List<HeadId> heads, String figure) {
            return new Item(
                    heads, heads, heads.stream().map(HeadId::toString).collect(Collectors.joining(" → ")) + figure);
        }
    }

    private final Select<Item> select = new Select<>();
    private List<Object> shown = List.of();

    VirtualHeadPicker(StateChange change) {
        addClassName("hl-compose");
        select.setId("virtual-head");
        select.setAriaLabel("Compose with another head");
        select.setTooltipText(
                "Two heads one after another act as one more, a virtual head: its pattern is A2 A1, its OV"
                        + " circuit W_OV1 W_OV2. The figure: ‖W_OV1 W_OV2‖ / (‖W_OV1‖ ‖W_OV2‖)");
        select.setItemLabelGenerator(Item::label);
        select.addValueChangeListener(event -> {
            if (event.isFromClient() && event.getValue() != null) {
                change.to(state -> state.withVirtual(event.getValue().virtual()));
            }
        });
        add(select);
    }

    @Override
    public void show(Exploration exploration) {
        List<HeadId> virtual = exploration.state().virtual();
        boolean possible =
                exploration.headId().isPresent() && exploration.model().config().nLayers() > 1;
        setVisible(possible);
        List<Object> key =
                List.of(exploration.model().key(), exploration.state().heads(), virtual);
        if (!possible || key.equals(shown)) {
            return;
        }
        shown = key;
        Item now = virtual.isEmpty() ? Item.alone(exploration.state().heads()) : Item.together(virtual, "");
        List<Item> items = new ArrayList<>();
        items.add(Item.alone(exploration.state().heads()));
        if (!virtual.isEmpty()) {
            items.add(now);
        }
        List<HeadId> from = virtual.isEmpty() ? List.of(exploration.headId().orElseThrow()) : virtual;
        VirtualHead.extensions(exploration.model().transformer(), from)
                .forEach(extension -> items.add(
                        Item.together(extension.heads(), String.format(Locale.ROOT, " · %.3f", extension.ratio()))));
        select.setItems(items);
        select.setValue(now);
    }
}
