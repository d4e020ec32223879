import type { Node } from '../../model/node.ts';
import { PlatformError } from '../../errors.ts';
import type { Snapshot } from '../../snapshot/csr.ts';
import { answerImpact } from '../answer.ts';
import type { ChangeKind } from '../change.ts';
import { callSequence } from './call-sequence.ts';
import { componentDiagram } from './components.ts';
import { containerDiagram, contextDiagram } from './containers.ts';
import { DRAWN, type DiagramKind } from './kinds.ts';
import { dependencyDiagram, impactDiagram } from './neighbours.ts';

/**
 * A picture of the graph as Mermaid text, the same for the same graph. Throws `BAD_INPUT` when the kind of diagram does not
 * fit the target.
 */
export function drawDiagram(graph: Snapshot, kind: DiagramKind, target: Node | undefined, change: ChangeKind = 'unspecified'): string {
  if (kind === 'context') return contextDiagram(graph);
  if (kind === 'container') return containerDiagram(graph);
  if (!target) throw new PlatformError('BAD_INPUT', `A ${kind} diagram is of something: name a target.`);
  const node = graph.indexOf(target.id);
  switch (kind) {
    case 'component':
      if (!DRAWN.component?.includes(target.kind))
        throw new PlatformError('BAD_INPUT', `A component diagram is of a service or package; ${target.id} is a ${target.kind}.`);
      return componentDiagram(graph, node);
    case 'sequence':
      return callSequence(graph, node);
    case 'dependencies':
      return dependencyDiagram(graph, node);
    case 'impact': {
      const options = { change, minConfidence: 0, maxDistance: 64, limit: 40, paths: true };
      return impactDiagram(graph, answerImpact(graph, target, options).answer);
    }
  }
}
