package app.headlight.services.lessons.language;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Something that is measured, as {@link ExpressionReader} has read and checked it. */
public sealed interface Expression {

    /** What it stands for. */
    Sort sort();

    /** As a lesson writes it. */
    String text();

    /** The names of other models that it is measured on. */
    Stream<String> models();

    /** A number that is written. */
    record Amount(double value, String text) implements Expression {
        @Override
        public Sort sort() {
            return Sort.NUMBER;
        }

        @Override
        public Stream<String> models() {
            return Stream.empty();
        }
    }

    /** A word of the language that stands for something: {@code after-same}, {@code induction}; its sort is the one asked for. */
    record Word(String text, Sort sort) implements Expression {
        @Override
        public Stream<String> models() {
            return Stream.empty();
        }
    }

    /** A token that is written: {@code "Mary"}. */
    record Token(String written) implements Expression {
        @Override
        public Sort sort() {
            return Sort.TOKEN;
        }

        @Override
        public String text() {
            return '"' + written + '"';
        }

        @Override
        public Stream<String> models() {
            return Stream.empty();
        }
    }

    /** A function of other things. */
    record Call(Function function, List<Expression> of) implements Expression {

        public Call {
            of = List.copyOf(of);
        }

        /** Whether it is about another destination than the one that the view selects. */
        boolean hasDestination() {
            return function.takesDestination()
                    && of.size() == function.parameters().size();
        }

        /** The same about the destination that is selected. */
        Call atDestination() {
            return new Call(function, of.subList(0, of.size() - 1));
        }

        @Override
        public Sort sort() {
            return function.result();
        }

        @Override
        public String text() {
            return of.isEmpty()
                    ? function.text()
                    : function.text() + of.stream().map(Expression::text).collect(Collectors.joining(", ", "(", ")"));
        }

        @Override
        public Stream<String> models() {
            return of.stream().flatMap(Expression::models);
        }
    }

    /** The same of another model, on the same sentence. */
    record On(Expression what, String model) implements Expression {
        @Override
        public Sort sort() {
            return what.sort();
        }

        @Override
        public String text() {
            return what.text() + " on " + model;
        }

        @Override
        public Stream<String> models() {
            return Stream.concat(what.models(), Stream.of(model));
        }
    }

    /** The sum or the difference of two numbers. */
    record Sum(Expression left, boolean isDifference, Expression right) implements Expression {
        @Override
        public Sort sort() {
            return Sort.NUMBER;
        }

        @Override
        public String text() {
            return left.text() + (isDifference ? " - " : " + ") + right.text();
        }

        @Override
        public Stream<String> models() {
            return Stream.concat(left.models(), right.models());
        }
    }
}
