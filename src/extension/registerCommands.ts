import { type Disposable, commands as vscodeCommands } from 'vscode';
import { type CommandId, commands } from '../protocol/ids';
import type { Actions } from './actions';

/** Binds every command of package.json; a command without a handler does not compile. */
export function registerCommands(actions: Actions): readonly Disposable[] {
  const handlers: Readonly<Record<CommandId, (argument?: unknown, more?: unknown) => unknown>> = {
    [commands.openProfile]: () => actions.openProfile(),
    [commands.openWith]: (argument) => actions.openWith(argument),
    [commands.openMerged]: (_file, files) => actions.openMerged(files),
    [commands.chooseParts]: (argument) => actions.chooseParts(argument),
    [commands.openSample]: () => actions.openSample(),
    [commands.showProfile]: (argument) => actions.showProfile(argument),
    [commands.reloadProfile]: (argument) => actions.reloadProfile(argument),
    [commands.closeProfile]: (argument) => actions.closeProfile(argument),
    [commands.cancelLoading]: (argument) => actions.cancelLoading(argument),
    [commands.chooseProfile]: (argument) => actions.chooseProfile(argument),
    [commands.chooseLens]: () => actions.chooseLens(),
    [commands.toggleHeat]: () => actions.toggleHeat(),
    [commands.nextHotLine]: () => actions.stepHotLine(1),
    [commands.previousHotLine]: () => actions.stepHotLine(-1),
    [commands.revealInFlameGraph]: (argument) => actions.revealInFlameGraph(argument),
    [commands.showMapping]: (argument) => actions.showMapping(argument),
    [commands.compareWithBaseline]: (argument) => actions.compareWithBaseline(argument),
    [commands.stopComparing]: (argument) => actions.stopComparing(argument),
    [commands.exportProfile]: (argument) => actions.exportProfile(argument),
    [commands.groupByFile]: () => actions.groupBy('file'),
    [commands.groupByMethod]: () => actions.groupBy('method'),
    [commands.explainInterval]: () => actions.explainInterval(),
    [commands.nextFinding]: () => actions.stepFinding(1),
    [commands.previousFinding]: () => actions.stepFinding(-1),
    [commands.groupFindingsByPattern]: () => actions.groupFindingsBy('pattern'),
    [commands.groupFindingsByFile]: () => actions.groupFindingsBy('file'),
    [commands.filterFindings]: () => actions.filterFindings(),
    [commands.explainFinding]: (argument) => actions.explainFinding(argument),
    [commands.ignorePattern]: (argument) => actions.ignorePattern(argument),
    [commands.openJobLog]: () => actions.openJobLog(),
    [commands.openAsJobLog]: (argument) => actions.openAsJobLog(argument),
    [commands.addCapture]: () => actions.changeCapture('add'),
    [commands.removeCapture]: () => actions.changeCapture('remove'),
    [commands.profileFile]: (argument) => actions.profileFile(argument),
    [commands.profileTest]: () => actions.profileTest(),
    [commands.profileJob]: () => actions.profileJob(),
    [commands.showMenu]: () => actions.showMenu(),
    [commands.showLog]: () => actions.showLog(),
    [commands.getStarted]: () => actions.getStarted(),
  };
  return Object.entries(handlers).map(([id, handler]) => vscodeCommands.registerCommand(id, handler));
}
