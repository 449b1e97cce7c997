package app.headlight.web.search;

import app.headlight.engine.circuits.StreamReader;
import app.headlight.engine.circuits.StreamWriter;
import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.transformer.Config;
import app.headlight.web.view.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Heads and MLPs that people have put together under a name, such as “previous token heads”. The address has them as
 * {@code previous token heads:L0H0,L0H1;induction:L1H3}.
 */
record NodeGroups(List<Group> groups) {

    static final NodeGroups NONE = new NodeGroups(List.of());

    /** The parameter of the address. */
    static final Parameter<NodeGroups> PARAMETER = Parameter.of(
            "groups", NONE, NodeGroups::parse, NodeGroups::written, Parameter.unreadable("groups", "none"));

    private static final int LONGEST_NAME = 40;

    NodeGroups {
        groups = List.copyOf(groups);
    }

    /** @param nodes such as {@code L0H0} or {@code MLP0} */
    record Group(String name, List<String> nodes) {

        /** @throws Refusal if there is no name, it has one of the marks of the address, or no node, or what is none */
        Group {
            name = name.strip();
            if (name.isEmpty() || name.length() > LONGEST_NAME || name.matches(".*[:;].*")) {
                throw new Refusal("a group's name is “" + Parameter.shortened(name) + "”; expected 1 to " + LONGEST_NAME
                        + " characters without : and ;");
            }
            nodes = nodes.stream()
                    .map(String::strip)
                    .filter(node -> !node.isEmpty())
                    .distinct()
                    .toList();
            if (nodes.isEmpty()) {
                throw new Refusal("the group “" + name + "” has no heads; expected some such as L0H0, L0H1");
            }
            nodes.forEach(Group::check);
        }

        private static void check(String node) {
            StreamWriter.Kind kind = StreamWriter.parse(node).kind();
            if (kind != StreamWriter.Kind.HEAD && kind != StreamWriter.Kind.MLP) {
                throw new Refusal("“" + node + "” is no head such as L0H0, nor an MLP such as MLP0");
            }
        }
    }

    private static NodeGroups parse(String text) {
        NodeGroups groups = NONE;
        for (String group : text.split(";")) {
            int colon = group.indexOf(':');
            if (colon < 0) {
                throw new Refusal("a group has no colon");
            }
            groups = groups.with(group.substring(0, colon), group.substring(colon + 1));
        }
        return groups;
    }

    private static String written(NodeGroups groups) {
        return groups.groups().stream()
                .map(group -> group.name() + ":" + String.join(",", group.nodes()))
                .collect(Collectors.joining(";"));
    }

    /**
     * With one group more; a group of that name is replaced, and each node is in the newest of its groups alone.
     *
     * @param nodes separated by commas
     * @throws Refusal saying what is wrong
     */
    NodeGroups with(String name, String nodes) {
        Group added = new Group(name, Arrays.asList(nodes.split(",")));
        List<Group> left = new ArrayList<>();
        for (Group group : without(added.name()).groups()) {
            List<String> others = group.nodes().stream()
                    .filter(node -> !added.nodes().contains(node))
                    .toList();
            if (!others.isEmpty()) {
                left.add(new Group(group.name(), others));
            }
        }
        left.add(added);
        return new NodeGroups(left);
    }

    NodeGroups without(String name) {
        return new NodeGroups(
                groups.stream().filter(group -> !group.name().equals(name)).toList());
    }

    /** The nodes that a model does not have. */
    List<String> notIn(Config config) {
        List<String> there = StreamReader.all(config).stream()
                .filter(reader -> !reader.equals(StreamReader.LOGITS))
                .map(reader -> reader.writes().name())
                .toList();
        return groups.stream()
                .flatMap(group -> group.nodes().stream())
                .filter(node -> !there.contains(node))
                .toList();
    }
}
