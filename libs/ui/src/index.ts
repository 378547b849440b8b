export { AppShell, type AppShellProps, type ShellLink } from './shell/app-shell.js';
export {
  AppLink,
  type AppLinkProps,
  type LinkComponentProps,
  LinkProvider,
  type LinkProviderProps,
} from './shell/link.js';
export { Mark } from './shell/mark.js';
export {
  type Crumb,
  PageHeader,
  type PageHeaderProps,
  Section,
  type SectionProps,
} from './shell/page-header.js';
export { type Tab, Tabs, type TabsProps } from './shell/tabs.js';
export { ThemeSwitch } from './shell/theme-switch.js';
export { type Theme, themeKey, themeScript } from './shell/theme.js';

export {
  Button,
  type ButtonKind,
  ButtonLink,
  type ButtonLinkProps,
  type ButtonProps,
  IconButton,
  type IconButtonProps,
} from './controls/button.js';
export { Checkbox, type CheckboxProps } from './controls/checkbox.js';
export { NumberField, type NumberFieldProps } from './controls/number-field.js';
export { SearchField, type SearchFieldProps } from './controls/search-field.js';
export { Segments, type SegmentsProps } from './controls/segments.js';
export { SelectField, type SelectFieldProps, type SelectOption } from './controls/select-field.js';
export { Slider, type SliderMark, type SliderProps } from './controls/slider.js';
export { TextField, type TextFieldProps } from './controls/text-field.js';

export { Dialog, type DialogProps } from './overlay/dialog.js';
export { Menu, MenuItem, type MenuItemProps, type MenuProps } from './overlay/menu.js';
export { Toaster, useToast } from './overlay/toaster.js';
export type { Toast } from './overlay/toasts.js';

export { Badge, type BadgeProps, type Tone } from './feedback/badge.js';
export { EmptyState, type EmptyStateProps } from './feedback/empty-state.js';
export { ErrorNote, type ErrorNoteProps } from './feedback/error-note.js';
export { IntervalBar, type IntervalBarProps } from './feedback/interval-bar.js';
export { LiveNote, type LiveNoteProps } from './feedback/live-note.js';
export { ProgressBar, type ProgressBarProps } from './feedback/progress-bar.js';
export { Skeleton, type SkeletonProps } from './feedback/skeleton.js';
export { Sparkline, type SparklineProps } from './feedback/sparkline.js';
export { StateBadge, type StateBadgeProps } from './feedback/state-badge.js';

export { CodeBlock, type CodeBlockProps } from './text/code-block.js';
export { CopyButton, type CopyButtonProps } from './text/copy-button.js';
export { CopyText, type CopyTextProps } from './text/copy-text.js';
export { DateTime, type DateTimeProps } from './text/date-time.js';
export { type KeyValue, KeyValues, type KeyValuesProps, Stat, type StatProps } from './text/key-values.js';

export { formatDate } from './quantity/format-date.js';
export {
  formatAccuracy,
  formatBytes,
  formatCount,
  formatInteger,
  formatNumber,
  formatSeconds,
  formatShare,
  formatWithDeviation,
  noNumber,
  shortDigest,
} from './quantity/format-quantity.js';

export type { Column, Sort } from './table/column.js';
export { DataTable, type DataTableProps } from './table/data-table.js';
export type { ExportedCell, ExportedColumn, ExportedTable } from './table/exported-table.js';
export { saveFile } from './table/save-file.js';
export { TableExport, type TableExportProps } from './table/table-export.js';
export { toCsv } from './table/to-csv.js';
export { toJson } from './table/to-json.js';
export { escapeLatex, toLatex } from './table/to-latex.js';
export { VirtualTable, type VirtualTableProps } from './table/virtual-table.js';

export { type Shortcut, ShortcutHelp, type ShortcutHelpProps } from './keyboard/shortcut-help.js';
export { type ShortcutMap, type ShortcutOptions, useShortcuts } from './keyboard/shortcuts.js';
export { keyFor, storeKey } from './keyboard/stored-keys.js';
